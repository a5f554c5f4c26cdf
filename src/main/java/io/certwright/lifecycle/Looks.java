package io.certwright.lifecycle;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The list of when each managed certificate is to be looked at next: what the planner reads, by an index, every minute. */
public interface Looks {
    /**
     * Sets when it is looked at next, instead of what was set before.
     *
     * @param reason one of {@code renew}, {@code resume}, {@code retry}, {@code retire}
     * @param at empty where only a person moves it on
     */
    default void put(CertificateName name, String reason, Optional<Instant> at) throws LifecycleException {
        put(name, reason, at, Optional.empty());
    }

    /** As {@link #put(CertificateName, String, Optional)}, with when renewal is due by itself: for lists, the planner looks at {@code at}. */
    void put(CertificateName name, String reason, Optional<Instant> at, Optional<Due> due) throws LifecycleException;

    /** Those whose time has come, the longest waiting first. */
    List<CertificateName> listDue(Instant now, int limit) throws LifecycleException;

    /** The earliest time at which anything is to be looked at. */
    Optional<Instant> findNext() throws LifecycleException;

    /** Forgets the names that the settings do not know any more. */
    void keepOnly(Set<CertificateName> names) throws LifecycleException;
}
