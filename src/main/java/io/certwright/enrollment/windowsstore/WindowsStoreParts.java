package io.certwright.enrollment.windowsstore;

import io.certwright.enrollment.IssuerMemory;
import io.certwright.windows.WindowsHost;
import java.time.Clock;

/**
 * What the issuer is made of.
 *
 * @param host whose store is watched
 */
public record WindowsStoreParts(WindowsHost host, IssuerMemory memory, Clock clock) {}
