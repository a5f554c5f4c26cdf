package io.certwright.schedule;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import io.certwright.store.postgres.embedded.EmbeddedPostgres;
import io.certwright.store.postgres.embedded.EmbeddedSettings;
import io.certwright.store.postgres.embedded.PostgresLease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A process that is one node: says "ready", runs its schedule until its input ends, then closes it. */
final class NodeProcess {
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration RARELY = Duration.ofMinutes(15);

    private NodeProcess() {}

    /** The server's folder, the database on it, the node's name. */
    public static void main(String[] arguments) throws IOException, LifecycleException {
        PostgresLease lease = new EmbeddedPostgres(EmbeddedSettings.in(Path.of(arguments[0]))).ensureRunning();
        String node = arguments[2];
        Schedule.Rhythm rhythm =
                new Schedule.Rhythm(OFTEN, RARELY, RARELY, RARELY, Duration.ofSeconds(5), Duration.ofSeconds(20));
        try (Database database =
                        Database.pooled(lease.address().withDatabase(arguments[1]), DatabaseLimits.standard(), 10);
                Schedule schedule = Schedule.start(
                        node, database.dataSource(), new RowChores(database, node), rhythm, Clock.systemUTC())) {
            System.out.println("ready");
            int read = System.in.read();
            while (read >= 0) {
                read = System.in.read();
            }
        } finally {
            lease.close();
        }
    }
}
