package io.certwright.store.postgres;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.DnsName;
import io.certwright.crypto.ChainCodec;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientReports;
import io.certwright.trust.Effectiveness;
import io.certwright.trust.GivenCertificate;
import io.certwright.trust.GivenTrust;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.SeenServer;
import io.certwright.trust.TrustEntry;
import io.certwright.trust.TrustRepository;
import io.certwright.trust.TrustRole;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A row for each certificate that a group has now, one for each publication, and the group's own row as the lock. */
public final class PostgresTrustRepository implements TrustRepository {
    private static final String PUBLICATION = """
            SELECT id, group_name, bundle_digest, published_at, effective_from, reason, location, manifest_sha256
            FROM trust_publication
            WHERE superseded_at IS NULL
            """;

    private final Database database;

    public PostgresTrustRepository(Database database) {
        this.database = database;
    }

    @Override
    public <T> T exclusively(ClientGroupName group, Work<T> work) throws LifecycleException {
        return database.inTransaction(() -> {
            database.update("INSERT INTO trust_group (name) VALUES (?) ON CONFLICT DO NOTHING", group.value());
            database.find(
                    "SELECT name FROM trust_group WHERE name = ? FOR UPDATE", row -> row.text("name"), group.value());
            return work.run();
        });
    }

    @Override
    public GivenTrust getGiven(ClientGroup group) throws LifecycleException {
        List<GivenCertificate> certificates =
                database.list("""
                SELECT role, der, label, published_at, effective_from, reason
                FROM trust_certificate
                WHERE group_name = ?
                ORDER BY role, sha256
                """, PostgresTrustRepository::given, group.name().value());
        return database.find(
                        "SELECT ever_pinned, remarks FROM trust_group WHERE name = ?",
                        row -> new GivenTrust(group, certificates, row.flag("ever_pinned"), row.texts("remarks")),
                        group.name().value())
                .orElseGet(() -> new GivenTrust(group, certificates, false, List.of()));
    }

    private static GivenCertificate given(Row row) throws SQLException {
        TrustEntry entry = new TrustEntry(
                row.choice("role", TrustRole.class),
                ChainCodec.decode(row.bytes("der")).leaf(),
                row.text("label"));
        return new GivenCertificate(
                entry, row.instant("published_at"), row.instant("effective_from"), row.text("reason"));
    }

    @Override
    public PublishedTrust record(
            GivenTrust given, PublishedPackage where, Instant publishedAt, Effectiveness effectiveness)
            throws LifecycleException {
        ClientGroupName group = given.group().name();
        return exclusively(group, () -> {
            withdrawAllBut(given);
            storeCertificates(given);
            String digest = given.bundle().digest();
            Optional<PublishedTrust> present = findPresent(group);
            if (present.filter(published -> published.bundleDigest().equals(digest))
                    .isPresent()) {
                return sameTrust(group, where);
            }
            return publish(group, digest, where, publishedAt, effectiveness);
        });
    }

    /** Other files, such as a policy, may stand there now, or in another folder; what clients trust is the same. */
    private PublishedTrust sameTrust(ClientGroupName group, PublishedPackage where) throws LifecycleException {
        database.update(
                """
                UPDATE trust_publication
                SET manifest_sha256 = ?, location = ?
                WHERE group_name = ? AND superseded_at IS NULL AND (manifest_sha256 <> ? OR location <> ?)
                """, where.manifestSha256(), where.location(), group.value(), where.manifestSha256(), where.location());
        return findPresent(group).orElseThrow();
    }

    private PublishedTrust publish(
            ClientGroupName group,
            String digest,
            PublishedPackage where,
            Instant publishedAt,
            Effectiveness effectiveness)
            throws LifecycleException {
        database.update(
                "UPDATE trust_publication SET superseded_at = ? WHERE group_name = ? AND superseded_at IS NULL",
                publishedAt,
                group.value());
        database.update(
                """
                INSERT INTO trust_publication
                    (group_name, bundle_digest, manifest_sha256, location, published_at, effective_from, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                group.value(),
                digest,
                where.manifestSha256(),
                where.location(),
                publishedAt,
                effectiveness.from(),
                effectiveness.reason());
        return findPresent(group).orElseThrow();
    }

    private void withdrawAllBut(GivenTrust given) throws LifecycleException {
        database.update(
                "DELETE FROM trust_certificate WHERE group_name = ? AND role || ' ' || sha256 <> ALL (?)",
                given.group().name().value(),
                given.certificates().stream()
                        .map(kept -> kept.entry().role() + " " + kept.entry().sha256())
                        .toList());
        database.update(
                "UPDATE trust_group SET ever_pinned = ever_pinned OR ?, remarks = ? WHERE name = ?",
                given.everPinned(),
                given.remarks(),
                given.group().name().value());
    }

    private void storeCertificates(GivenTrust given) throws LifecycleException {
        for (GivenCertificate certificate : given.certificates()) {
            TrustEntry entry = certificate.entry();
            database.update(
                    """
                    INSERT INTO trust_certificate AS known
                        (group_name, role, sha256, der, label, published_at, effective_from, reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (group_name, role, sha256) DO UPDATE
                    SET label = excluded.label, effective_from = excluded.effective_from, reason = excluded.reason
                    WHERE known.label <> excluded.label OR known.effective_from <> excluded.effective_from
                    """,
                    given.group().name().value(),
                    entry.role(),
                    entry.sha256().hex(),
                    ChainCodec.encode(CertificateChain.of(entry.certificate())),
                    entry.label(),
                    certificate.publishedAt(),
                    certificate.effectiveFrom(),
                    certificate.reason());
        }
    }

    @Override
    public Optional<PublishedTrust> findPresent(ClientGroupName group) throws LifecycleException {
        return database.find(PUBLICATION + " AND group_name = ?", PostgresTrustRepository::published, group.value());
    }

    @Override
    public List<PublishedTrust> listPresent() throws LifecycleException {
        return database.list(PUBLICATION + " ORDER BY group_name", PostgresTrustRepository::published);
    }

    private static PublishedTrust published(Row row) throws SQLException {
        return new PublishedTrust(
                ClientGroupName.of(row.text("group_name")),
                row.text("bundle_digest"),
                row.instant("published_at"),
                row.instant("effective_from"),
                row.text("reason"),
                row.text("location"),
                row.text("manifest_sha256"));
    }

    @Override
    public PublishedTrust recordConfirmed(GivenTrust confirmed, Effectiveness effectiveness, String person, Instant at)
            throws LifecycleException {
        ClientGroupName group = confirmed.group().name();
        return exclusively(group, () -> {
            storeCertificates(confirmed);
            long publication = database.find(
                            """
                            UPDATE trust_publication
                            SET effective_from = ?, reason = ?
                            WHERE group_name = ? AND superseded_at IS NULL
                            RETURNING id
                            """, row -> row.number("id"), effectiveness.from(), effectiveness.reason(), group.value())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "trust of client group " + group + ": nothing was published that could be confirmed"));
            database.update("""
                    INSERT INTO trust_confirmation (publication_id, person, confirmed_at) VALUES (?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """, publication, person, at);
            return findPresent(group).orElseThrow();
        });
    }

    @Override
    public Optional<SeenServer> findLastSeen(Endpoint endpoint) throws LifecycleException {
        return database.find(
                "SELECT chain, seen_at FROM trust_seen WHERE host = ? AND port = ? AND sni = ?",
                row -> new SeenServer(endpoint, ChainCodec.decode(row.bytes("chain")), row.instant("seen_at")),
                endpoint.host(),
                endpoint.port(),
                sniOf(endpoint));
    }

    @Override
    public void recordSeen(SeenServer seen) throws LifecycleException {
        database.update(
                """
                INSERT INTO trust_seen AS known (host, port, sni, chain, seen_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (host, port, sni) DO UPDATE
                SET chain = excluded.chain, seen_at = excluded.seen_at
                WHERE known.seen_at < excluded.seen_at
                """,
                seen.endpoint().host(),
                seen.endpoint().port(),
                sniOf(seen.endpoint()),
                ChainCodec.encode(seen.chain()),
                seen.at());
    }

    @Override
    public ClientReports reports() {
        return new PostgresClientReports(database);
    }

    /** Empty where none is sent; part of the key, so never NULL. */
    private static String sniOf(Endpoint endpoint) {
        return endpoint.sni().map(DnsName::value).orElse("");
    }
}
