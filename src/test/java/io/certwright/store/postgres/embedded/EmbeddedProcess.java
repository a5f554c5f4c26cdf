package io.certwright.store.postgres.embedded;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import java.io.IOException;
import java.nio.file.Path;

/** A process that takes a lease, says so with the time it took, and keeps it until its standard input ends. */
final class EmbeddedProcess {
    private EmbeddedProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        long start = System.nanoTime();
        try (PostgresLease lease = new EmbeddedPostgres(EmbeddedSettings.in(folder)).ensureRunning()) {
            long leased = System.nanoTime();
            try (Database database = Database.single(lease, DatabaseLimits.standard())) {
                database.list("SELECT 1 AS one", row -> row.integer("one"));
                long postmaster = PostmasterFile.find(new Layout(folder).data())
                        .orElseThrow()
                        .pid();
                System.out.printf("leased %s postmaster %d%n", lease.address(), postmaster);
                System.out.printf("lease %d ms%n", (leased - start) / 1_000_000);
                System.out.printf("connect and query %d ms%n", (System.nanoTime() - leased) / 1_000_000);
                System.out.flush();
                while (System.in.read() >= 0) {
                    // Kept until the other side lets go.
                }
            }
        } catch (LifecycleException failure) {
            System.out.println("failed " + failure.kind() + " " + failure.code() + " " + failure.getMessage());
        }
    }
}
