package io.certwright.enrollment.acme;

import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.PollPause;
import io.certwright.windows.WindowsHost;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;

/**
 * What an ACME issuer is made of besides its settings.
 *
 * @param hosts the Windows hosts of the settings by name; one that must not be changed refuses every call
 */
public record AcmeParts(
        IssuerMemory memory,
        KeySealer sealer,
        Clock clock,
        SecureRandom random,
        PollPause pause,
        Function<String, WindowsHost> hosts) {}
