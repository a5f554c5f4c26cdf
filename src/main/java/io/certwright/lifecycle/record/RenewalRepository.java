package io.certwright.lifecycle.record;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps renewals. Every call takes part in the transaction that the caller has open, or is one of its own. */
public interface RenewalRepository {
    Optional<Renewal> findOpen(CertificateName name) throws LifecycleException;

    /** The open one, or else the one that ended last. */
    Optional<Renewal> findLatest(CertificateName name) throws LifecycleException;

    /** Newest first. */
    List<Renewal> listLatest(CertificateName name, int limit) throws LifecycleException;

    /**
     * Opens {@code renewal}, or returns the one that another process has opened for this certificate in the meantime: the schema
     * allows one.
     */
    Renewal open(Renewal renewal) throws LifecycleException;

    /**
     * Records {@code fact} and returns the renewal with it.
     *
     * @throws InOtherHandsException where the record moved on since {@code renewal} was read: another process runs it
     */
    Renewal record(Renewal renewal, Fact fact) throws LifecycleException;

    Renewal get(UUID id) throws LifecycleException;
}
