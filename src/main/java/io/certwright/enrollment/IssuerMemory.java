package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Optional;

/** Where issuers keep what must survive a crash and be seen by every node: one table of facts, each changed by comparing its version. */
public interface IssuerMemory {
    Optional<Remembered> find(IssuerName issuer, String kind, String key) throws LifecycleException;

    /** All issuers that ever remembered a fact of this kind, also those that the settings no longer name; in the order of their names. */
    List<IssuerName> listIssuers(String kind) throws LifecycleException;

    /** In the order of {@code at}, then key. */
    List<Remembered> list(IssuerName issuer, String kind) throws LifecycleException;

    /** Stores the fact if none stands under its kind and key. Returns what stands: of two at once, both get the first. */
    Remembered remember(IssuerName issuer, Remembered fact) throws LifecycleException;

    /** Whether {@code next} replaced the fact; false where its version is not {@code expectedVersion} any more, or it is absent. */
    boolean replace(IssuerName issuer, Remembered next, long expectedVersion) throws LifecycleException;
}
