package io.certwright.lifecycle.record;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The inventory: every certificate that a CA ever gave us, with its key. They come in through {@link Fact.Received}. */
public interface CertificateRepository {
    Optional<StoredCertificate> find(Sha256Fingerprint certificate) throws LifecycleException;

    StoredCertificate get(Sha256Fingerprint certificate) throws LifecycleException;

    /** The sealed key of a renewal, which may not have a certificate yet. */
    Optional<SealedKey> findKey(UUID key) throws LifecycleException;

    /** The certificate in use under this name. */
    Optional<StoredCertificate> findInUse(CertificateName name) throws LifecycleException;

    /** The certificates in use under all names, in the order of the names. */
    List<StoredCertificate> listInUse() throws LifecycleException;

    /** Since when the certificate in use overlaps with others that were in use before and are not retired; empty without such. */
    Optional<Instant> findOverlapSince(CertificateName name) throws LifecycleException;

    /** All of one name, the newest first, refused and retired ones included. */
    List<StoredCertificate> listOf(CertificateName name) throws LifecycleException;

    /** Takes note that this is the certificate in use under its name from {@code at} on (again, after a rollback). */
    void putInUse(Sha256Fingerprint certificate, Instant at) throws LifecycleException;

    void retire(Sha256Fingerprint certificate, Instant at) throws LifecycleException;

    /** Takes note that a person wants it revoked, before it is replaced and before the CA is told. */
    void askRevocation(Sha256Fingerprint certificate, Instant at) throws LifecycleException;

    /** The one of this name that is to be revoked and is not yet; of several the one asked for first. */
    Optional<StoredCertificate> findToRevoke(CertificateName name) throws LifecycleException;

    void markRevoked(Sha256Fingerprint certificate, Instant at) throws LifecycleException;
}
