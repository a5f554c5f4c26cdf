package io.certwright.schedule;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import java.time.Duration;
import java.util.List;

/** Chores that leave rows: {@code errand} says what is due, {@code tending} who began it and whether it came to its end. */
final class RowChores implements Chores {
    static final String PITFALL = "pitfall";
    static final String TRAPPED_NODE = "first";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Database database;
    private final String node;

    RowChores(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    static void createTables(Database database) throws LifecycleException {
        database.update("CREATE TABLE errand (name text PRIMARY KEY, done boolean NOT NULL DEFAULT false)");
        database.update("CREATE TABLE tending (id serial PRIMARY KEY, name text NOT NULL, node text NOT NULL,"
                + " done boolean NOT NULL DEFAULT false)");
    }

    @Override
    public List<CertificateName> listDue(int limit) throws LifecycleException {
        return database.list(
                "SELECT name FROM errand WHERE NOT done ORDER BY name LIMIT ?",
                row -> CertificateName.of(row.text("name")),
                limit);
    }

    /** The first node never comes out of the pitfall; any other errand is held until a second node has begun one too. */
    @Override
    public void tend(CertificateName name) throws LifecycleException {
        database.update("INSERT INTO tending (name, node) VALUES (?, ?)", name.value(), node);
        if (!name.value().equals(PITFALL)) {
            Waiting.until("two nodes have begun something", LIMIT, () -> nodes() == 2);
        } else if (node.equals(TRAPPED_NODE)) {
            Waiting.until("this node is killed", LIMIT, () -> false);
        }
        database.update("UPDATE tending SET done = true WHERE name = ? AND node = ?", name.value(), node);
        database.update("UPDATE errand SET done = true WHERE name = ?", name.value());
    }

    private long nodes() throws LifecycleException {
        return database.list("SELECT count(DISTINCT node) AS n FROM tending", row -> row.number("n"))
                .get(0);
    }

    @Override
    public void watch() {}

    @Override
    public void sendMails() {}

    @Override
    public void maintain() {}
}
