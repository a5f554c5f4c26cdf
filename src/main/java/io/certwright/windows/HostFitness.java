package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.HostFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a host can do calls at all, from what it says of itself. */
public final class HostFitness {
    /** The code of a host whose token is not an administrator's. */
    public static final String NOT_ELEVATED = "HOST_NOT_ELEVATED";

    private static final Duration TOLERATED = Duration.ofMinutes(2);

    private HostFitness() {}

    /** How far the host's clock is from {@code now}; empty where that does not matter. */
    public static Optional<String> findClockFault(String host, HostFacts facts, Instant now) {
        Duration ahead = Duration.between(now, facts.clock());
        return ahead.abs().compareTo(TOLERATED) <= 0
                ? Optional.empty()
                : Optional.of("host " + host + ": its clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " ours");
    }

    /** Throws with the first thing that is in the way, and what mends it. */
    public static void require(String host, HostFacts facts) throws LifecycleException {
        String where = "host " + Printable.escape(host, 80) + ": ";
        if (!facts.powerShell().startsWith("5.1")) {
            throw refused(
                    "HOST_POWERSHELL_OTHER",
                    where + "got PowerShell " + Printable.quote(facts.powerShell())
                            + ", wanted Windows PowerShell 5.1; install Windows Management Framework 5.1 there");
        }
        if (!facts.is64Bit()) {
            throw refused(
                    "HOST_32_BIT",
                    where
                            + "PowerShell runs as a 32-bit process, which sees another configuration of IIS; start the 64-bit"
                            + " one, from a 32-bit process under %windir%\\sysnative");
        }
        if (!facts.languageMode().equals("FullLanguage")) {
            throw refused(
                    "HOST_CONSTRAINED_LANGUAGE",
                    where + "PowerShell runs in " + Printable.quote(facts.languageMode())
                            + ", wanted FullLanguage; install the script there (certwright windows install-script) at a path"
                            + " that the policy trusts");
        }
        if (!facts.elevated()) {
            throw new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    NOT_ELEVATED,
                    where + "account " + Printable.quote(facts.user())
                            + " has no administrator's token, wanted one; make it a member of the local Administrators there,"
                            + " or start Certwright elevated");
        }
    }

    private static LifecycleException refused(String code, String sentence) {
        return new LifecycleException(FailureKind.REFUSED, code, sentence);
    }
}
