package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time is what a certificate lives by: plausible, the same as the database has, and not before what we were given. */
final class ClockCheck implements Check {
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String subject() {
        return "the clock of this machine";
    }

    @Override
    public List<String> needs() {
        return List.of("settings", "database");
    }

    @Override
    public String remedy() {
        return "let the clock be set by NTP: on Linux \"timedatectl set-ntp true\", on Windows \"w32tm /resync\"";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        Instant now = vitals.machine().now();
        Instant there = vitals.database().now();
        List<Finding> findings = new ArrayList<>();
        if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
            findings.add(wrong("got " + now + ", wanted a time between " + EARLIEST + " and " + LATEST));
        }
        if (Duration.between(there, now).abs().compareTo(TOLERANCE) > 0) {
            findings.add(wrong("got " + now + ", but the database has " + there));
        }
        for (StoredCertificate stored : vitals.certificatesInUse()) {
            Instant notBefore = stored.certificate().validity().notBefore();
            if (notBefore.isAfter(now)) {
                findings.add(wrong("got " + now + ", but the certificate in use of " + stored.name()
                        + " is valid only from " + notBefore));
            }
        }
        return findings;
    }

    private Finding wrong(String sentence) {
        return Finding.wrong("clock: " + sentence, remedy());
    }
}
