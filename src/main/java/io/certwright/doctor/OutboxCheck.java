package io.certwright.doctor;

import io.certwright.alert.OutboxEntry;
import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What people are to be told has left. */
final class OutboxCheck implements Check {
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public String subject() {
        return "alerts on their way";
    }

    @Override
    public List<String> needs() {
        return List.of("settings", "database");
    }

    @Override
    public String remedy() {
        return "make the check \"mail\" well, then \"certwright alerts send\"";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        Instant longAgo = vitals.machine().now().minus(PATIENCE);
        return vitals.outbox().listOpen().stream()
                .filter(entry -> entry.deliveredAt().isEmpty())
                .filter(entry -> entry.isGivenUp() || entry.alert().at().isBefore(longAgo))
                .map(entry -> Finding.wrong(stuck(entry), remedy()))
                .toList();
    }

    private static String stuck(OutboxEntry entry) {
        return "alert " + entry.id() + " to " + entry.to() + " ("
                + entry.alert().sentence() + "): not sent since "
                + entry.alert().at()
                + entry.lastFailure().map(why -> ", " + why).orElse("");
    }
}
