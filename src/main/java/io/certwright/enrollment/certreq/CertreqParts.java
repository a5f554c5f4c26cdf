package io.certwright.enrollment.certreq;

import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.PollPause;
import io.certwright.windows.WindowsHost;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What the issuer is made of.
 *
 * @param host on which certreq asks
 */
public record CertreqParts(WindowsHost host, IssuerMemory memory, Clock clock, SecureRandom random, PollPause pause) {}
