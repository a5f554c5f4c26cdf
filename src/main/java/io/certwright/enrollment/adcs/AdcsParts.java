package io.certwright.enrollment.adcs;

import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.PollPause;
import java.security.SecureRandom;
import java.time.Clock;

/** What an AD CS issuer is made of besides its settings. */
public record AdcsParts(IssuerMemory memory, KeySealer sealer, Clock clock, SecureRandom random, PollPause pause) {}
