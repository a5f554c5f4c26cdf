package io.certwright.store.postgres;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The inventory as rows. */
public final class PostgresCertificateRepository implements CertificateRepository {
    private final Database database;
    private final CertificateRows rows;

    public PostgresCertificateRepository(Database database) {
        this.database = database;
        this.rows = new CertificateRows(database);
    }

    @Override
    public Optional<StoredCertificate> find(Sha256Fingerprint certificate) throws LifecycleException {
        return database.find(CertificateRows.SELECT + "where c.sha256 = ?", CertificateRows::read, certificate.hex());
    }

    @Override
    public StoredCertificate get(Sha256Fingerprint certificate) throws LifecycleException {
        return find(certificate)
                .orElseThrow(() -> new IllegalStateException("certificate " + certificate + " is not in the database"));
    }

    @Override
    public Optional<SealedKey> findKey(UUID key) throws LifecycleException {
        return database.find(
                "select master_key_id, nonce, ciphertext, public_key, spec from sealed_key where id = ?",
                CertificateRows::readKey,
                key);
    }

    @Override
    public Optional<StoredCertificate> findInUse(CertificateName name) throws LifecycleException {
        return database.find(
                CertificateRows.SELECT + "where c.certificate_name = ? and c.in_use",
                CertificateRows::read,
                name.value());
    }

    @Override
    public List<StoredCertificate> listInUse() throws LifecycleException {
        return database.list(
                CertificateRows.SELECT + "where c.in_use order by c.certificate_name", CertificateRows::read);
    }

    @Override
    public Optional<Instant> findOverlapSince(CertificateName name) throws LifecycleException {
        return database.find("""
                select c.in_use_since from certificate c
                where c.certificate_name = ? and c.in_use and exists (
                    select from certificate old
                    where old.certificate_name = c.certificate_name and not old.in_use
                        and old.in_use_since is not null and old.retired_at is null)""", row -> row.instant("in_use_since"), name.value());
    }

    @Override
    public List<StoredCertificate> listOf(CertificateName name) throws LifecycleException {
        return database.list(
                CertificateRows.SELECT + "where c.certificate_name = ? order by c.received_at desc, c.sha256",
                CertificateRows::read,
                name.value());
    }

    @Override
    public void putInUse(Sha256Fingerprint certificate, Instant at) throws LifecycleException {
        CertificateName name = get(certificate).name();
        database.inTransaction(() -> {
            rows.putInUse(name, certificate, Optional.empty(), at);
            return name;
        });
    }

    @Override
    public void retire(Sha256Fingerprint certificate, Instant at) throws LifecycleException {
        database.update(
                "update certificate set retired_at = ? where sha256 = ? and retired_at is null and not in_use",
                at,
                certificate.hex());
    }

    @Override
    public void askRevocation(Sha256Fingerprint certificate, Instant at) throws LifecycleException {
        database.update(
                "update certificate set revocation_asked_at = coalesce(revocation_asked_at, ?) where sha256 = ?",
                at,
                certificate.hex());
    }

    @Override
    public Optional<StoredCertificate> findToRevoke(CertificateName name) throws LifecycleException {
        return database.find(CertificateRows.SELECT + """
                where c.certificate_name = ? and c.revocation_asked_at is not null and c.revoked_at is null
                order by c.revocation_asked_at, c.sha256 limit 1""", CertificateRows::read, name.value());
    }

    @Override
    public void markRevoked(Sha256Fingerprint certificate, Instant at) throws LifecycleException {
        database.update(
                "update certificate set revoked_at = coalesce(revoked_at, ?) where sha256 = ?", at, certificate.hex());
    }
}
