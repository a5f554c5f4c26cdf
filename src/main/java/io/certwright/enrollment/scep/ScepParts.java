package io.certwright.enrollment.scep;

import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.PollPause;
import java.security.SecureRandom;
import java.time.Clock;

/** What a SCEP issuer is made of besides its settings. */
public record ScepParts(IssuerMemory memory, KeySealer sealer, Clock clock, SecureRandom random, PollPause pause) {}
