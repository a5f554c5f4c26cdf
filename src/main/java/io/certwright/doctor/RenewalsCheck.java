package io.certwright.doctor;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Somebody looks at certificates when it is time, and they are replaced as planned. */
final class RenewalsCheck implements Check {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofDays(2);

    @Override
    public String name() {
        return "renewals";
    }

    @Override
    public String subject() {
        return "renewals that are overdue";
    }

    @Override
    public List<String> needs() {
        return List.of("settings", "database");
    }

    @Override
    public String remedy() {
        return "start the service: certwright serve";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        Instant now = vitals.machine().now();
        List<Finding> findings = new ArrayList<>();
        for (CertificateName name : vitals.dueSince(now.minus(PATIENCE))) {
            findings.add(Finding.wrong(
                    name + ": was to be looked at more than an hour ago, so no service runs here",
                    "start the service with \"certwright serve\", or now: certwright renew " + name));
        }
        for (StoredCertificate stored : vitals.certificatesInUse()) {
            stored.plannedSwitchOver()
                    .filter(planned -> planned.plus(GRACE).isBefore(now))
                    .ifPresent(planned -> findings.add(Finding.wrong(
                            stored.name() + ": its successor was to be bound at " + planned
                                    + ", it ends at "
                                    + stored.certificate().validity().notAfter(),
                            "see \"certwright why " + stored.name() + "\", then certwright renew " + stored.name())));
        }
        return findings;
    }
}
