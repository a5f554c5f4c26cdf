package io.certwright.binding;

import java.time.Instant;
import java.util.UUID;

/**
 * What one binding was before a renewal changed it, stored before the first change.
 *
 * @param reachableBefore whether a handshake at its endpoints was answered then: what was dark before need not shine afterwards
 */
public record BindingSnapshot(
        UUID renewal, BindingName binding, BoundState state, boolean reachableBefore, Instant takenAt) {}
