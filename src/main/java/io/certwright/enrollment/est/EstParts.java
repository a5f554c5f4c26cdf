package io.certwright.enrollment.est;

import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.PollPause;
import java.security.SecureRandom;
import java.time.Clock;

/** What an EST issuer is made of besides its settings. */
public record EstParts(IssuerMemory memory, KeySealer sealer, Clock clock, SecureRandom random, PollPause pause) {}
