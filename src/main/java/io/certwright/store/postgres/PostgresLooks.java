package io.certwright.store.postgres;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Due;
import io.certwright.lifecycle.Looks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The planner's list as rows; an index over the times makes reading what is due as quick with a million rows as with a thousand. */
public final class PostgresLooks implements Looks {
    private final Database database;

    public PostgresLooks(Database database) {
        this.database = database;
    }

    @Override
    public void put(CertificateName name, String reason, Optional<Instant> at, Optional<Due> due)
            throws LifecycleException {
        database.update("""
                insert into next_look (certificate_name, reason, look_at, due_at, due_reason) values (?, ?, ?, ?, ?)
                on conflict (certificate_name) do update set reason = excluded.reason, look_at = excluded.look_at,
                    due_at = excluded.due_at, due_reason = excluded.due_reason""", name.value(), reason, at, due.map(Due::at), due.map(Due::reason));
    }

    @Override
    public List<CertificateName> listDue(Instant now, int limit) throws LifecycleException {
        return database.list(
                "select certificate_name from next_look where look_at <= ? order by look_at limit ?",
                row -> new CertificateName(row.text("certificate_name")),
                now,
                limit);
    }

    @Override
    public Optional<Instant> findNext() throws LifecycleException {
        return database.find(
                "select look_at from next_look where look_at is not null order by look_at limit 1",
                row -> row.instant("look_at"));
    }

    @Override
    public void keepOnly(Set<CertificateName> names) throws LifecycleException {
        database.update(
                "delete from next_look where certificate_name <> all (?)",
                names.stream().map(CertificateName::value).toList());
    }
}
