package io.certwright.doctor;

import java.time.Instant;

/**
 * What the database says of itself.
 *
 * @param now its clock
 * @param version of the server, {@code 16.4}
 * @param isReadOnly whether it takes no changes from us, as a standby does
 */
public record DatabaseFacts(Instant now, String version, boolean isReadOnly) {}
