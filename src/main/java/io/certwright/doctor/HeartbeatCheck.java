package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A service looks at the certificates again and again. Where none ever ran, people run the commands. */
final class HeartbeatCheck implements Check {
    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public String subject() {
        return "the service's looks at the certificates";
    }

    @Override
    public List<String> needs() {
        return List.of("settings", "database");
    }

    @Override
    public String remedy() {
        return "start \"certwright serve\", or read data/log for what goes wrong";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        Duration limit = vitals.heartbeat();
        Instant now = vitals.machine().now();
        Optional<Instant> last = vitals.lastPass();
        return last.filter(at -> at.isBefore(now.minus(limit)))
                .map(at -> List.of(Finding.wrong(
                        "service: the last look at the certificates ended at " + at + ", wanted one within the last "
                                + limit.toHours() + " h",
                        remedy())))
                .orElse(List.of());
    }
}
