package io.certwright.lifecycle;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * An open renewal in the hands of one run: the record as this run last wrote it, and the wish it works for. Belongs to one thread.
 */
final class RenewalRun {
    private final ManagedCertificate wish;
    private final Urge urge;
    private final RenewalRepository renewals;
    private final Clock clock;
    private final Narration narration;
    private Renewal renewal;
    private Optional<String> hurry = Optional.empty();

    RenewalRun(
            Renewal renewal,
            ManagedCertificate wish,
            Urge urge,
            RenewalRepository renewals,
            Clock clock,
            Narration narration) {
        this.renewal = renewal;
        this.wish = wish;
        this.urge = urge;
        this.renewals = renewals;
        this.clock = clock;
        this.narration = narration;
    }

    Renewal facts() {
        return renewal;
    }

    ManagedCertificate wish() {
        return wish;
    }

    CertificateName name() {
        return wish.name();
    }

    Urge urge() {
        return urge;
    }

    Instant now() {
        return clock.instant();
    }

    /** The fact stands in the database when this returns. */
    void record(Fact fact) throws LifecycleException {
        renewal = renewals.record(renewal, fact);
    }

    /** Takes note that clients were not waited for, and why: people are told with the outcome. */
    void hurried(String why) {
        hurry = Optional.of(why);
    }

    Optional<String> hurry() {
        return hurry;
    }

    void tell(String step, String sentence) {
        narration.told(name(), step, sentence);
    }
}
