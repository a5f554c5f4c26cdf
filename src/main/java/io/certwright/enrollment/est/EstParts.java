package io.certwright.enrollment.est;

import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.PollPause;
import java.security.SecureRandom;
import java.time.Clock;

/** What an EST issuer is made of besides its settings. */
public record EstParts(IssuerMemory memory, Clock clock, SecureRandom random, PollPause pause) {}
