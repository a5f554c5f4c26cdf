package io.certwright.store.postgres;

import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientHost;
import io.certwright.trust.ClientReport;
import io.certwright.trust.ClientReports;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** One row for each machine of a group, all of a file in one transaction. */
final class PostgresClientReports implements ClientReports {
    private final Database database;

    PostgresClientReports(Database database) {
        this.database = database;
    }

    @Override
    public int record(ClientGroupName group, Collection<ClientReport> reports, String source)
            throws LifecycleException {
        return database.inTransaction(() -> {
            database.update("INSERT INTO trust_group (name) VALUES (?) ON CONFLICT DO NOTHING", group.value());
            int newer = 0;
            for (ClientReport report : reports) {
                newer += record(group, report, source);
            }
            return newer;
        });
    }

    private int record(ClientGroupName group, ClientReport report, String source) throws LifecycleException {
        return database.update(
                """
                INSERT INTO trust_report AS known
                    (group_name, host, package, compliant, detail, source, reported_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (group_name, host) DO UPDATE
                SET package = excluded.package, compliant = excluded.compliant, detail = excluded.detail,
                    source = excluded.source, reported_at = excluded.reported_at
                WHERE known.reported_at < excluded.reported_at
                """,
                group.value(),
                report.host().name(),
                report.packageName(),
                report.compliant(),
                report.detail(),
                source,
                report.at());
    }

    @Override
    public List<ClientReport> list(ClientGroupName group) throws LifecycleException {
        return database.list("""
                SELECT host, package, compliant, detail, reported_at
                FROM trust_report
                WHERE group_name = ?
                ORDER BY host
                """, PostgresClientReports::report, group.value());
    }

    private static ClientReport report(Row row) throws SQLException {
        return new ClientReport(
                new ClientHost(row.text("host")),
                row.text("package"),
                row.flag("compliant"),
                row.text("detail"),
                row.instant("reported_at"));
    }
}
