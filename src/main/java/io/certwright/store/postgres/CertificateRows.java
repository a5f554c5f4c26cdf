package io.certwright.store.postgres;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.ChainCodec;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.StoredCertificate;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of certificates and their sealed keys, as both repositories that change them see them. */
final class CertificateRows {
    /** A certificate with its key; every query of certificates starts with it. */
    static final String SELECT = """
            select c.certificate_name, c.renewal_id, c.issuer, c.wish_digest, c.chain, c.host_key, c.received_at, c.accepted_at,
                c.in_use_since, c.planned_switch_over, c.retired_at, c.revoked_at,
                k.master_key_id, k.nonce, k.ciphertext, k.public_key, k.spec
            from certificate c left join sealed_key k on k.id = c.key_id
            """;

    private final Database database;

    CertificateRows(Database database) {
        this.database = database;
    }

    void insertKey(UUID id, SealedKey key, Instant at) throws LifecycleException {
        database.update("""
                insert into sealed_key (id, master_key_id, nonce, ciphertext, public_key, spec, created_at)
                values (?, ?, ?, ?, ?, ?, ?)""", id, key.masterKeyId(), key.nonce(), key.ciphertext(), key.publicKey(), key.spec(), at);
    }

    /** Harmless where the CA gave the same certificate before: the first row stands. */
    void insert(Renewal renewal, Fact.Received received) throws LifecycleException {
        IssuedCertificate certificate = received.certificate();
        database.update(
                """
                insert into certificate (sha256, thumbprint, certificate_name, renewal_id, issuer, wish_digest, chain, serial,
                    not_before, not_after, key_id, host_key, received_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (sha256) do nothing""",
                certificate.sha256().hex(),
                certificate.thumbprint().hex(),
                renewal.name().value(),
                renewal.id(),
                renewal.issuer().value(),
                renewal.wishDigest(),
                ChainCodec.encode(certificate.chain()),
                certificate.serial().hex(),
                certificate.validity().notBefore(),
                certificate.validity().notAfter(),
                renewal.keyReady().flatMap(Renewal.KeyReady::sealedKey),
                renewal.keyReady().flatMap(Renewal.KeyReady::hostKey),
                received.at());
    }

    void accept(Sha256Fingerprint certificate, Instant at) throws LifecycleException {
        database.update(
                "update certificate set accepted_at = coalesce(accepted_at, ?) where sha256 = ?",
                at,
                certificate.hex());
    }

    void adopt(Sha256Fingerprint certificate, Instant at) throws LifecycleException {
        database.update("update certificate set adopted_at = ? where sha256 = ?", at, certificate.hex());
    }

    /** Without a planned switch-over the one planned before stays. */
    void putInUse(CertificateName name, Sha256Fingerprint certificate, Optional<Instant> plannedSwitchOver, Instant at)
            throws LifecycleException {
        database.update(
                "update certificate set in_use = false where certificate_name = ? and in_use and sha256 <> ?",
                name.value(),
                certificate.hex());
        database.update("""
                update certificate set in_use = true, in_use_since = ?, retired_at = null,
                    planned_switch_over = coalesce(?, planned_switch_over)
                where sha256 = ? and not in_use""", at, plannedSwitchOver, certificate.hex());
    }

    static StoredCertificate read(Row row) throws SQLException {
        return new StoredCertificate(
                new CertificateName(row.text("certificate_name")),
                new IssuedCertificate(chain(row)),
                new IssuerName(row.text("issuer")),
                row.text("wish_digest"),
                row.uuid("renewal_id"),
                row.findText("master_key_id").isPresent() ? Optional.of(readKey(row)) : Optional.empty(),
                row.findText("host_key"),
                row.instant("received_at"),
                row.findInstant("accepted_at"),
                row.findInstant("in_use_since"),
                row.findInstant("planned_switch_over"),
                row.findInstant("retired_at"),
                row.findInstant("revoked_at"));
    }

    static SealedKey readKey(Row row) throws SQLException {
        return new SealedKey(
                row.text("master_key_id"),
                row.bytes("nonce"),
                row.bytes("ciphertext"),
                row.bytes("public_key"),
                row.choice("spec", KeySpec.class));
    }

    private static CertificateChain chain(Row row) throws SQLException {
        return ChainCodec.decode(row.bytes("chain"));
    }
}
