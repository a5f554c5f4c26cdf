package io.certwright.trust;

import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was published for which client group, since when its clients have it, and what their other servers were last seen with. */
public interface TrustRepository {
    /**
     * Does {@code work} while no other process or thread does any for this group: a package is made from the one before, so two
     * makers at once would each lose the other's pin. Waits, within the database's limit, for its turn.
     */
    <T> T exclusively(ClientGroupName group, Work<T> work) throws LifecycleException;

    /** What clients were given so far; nothing for a group that never had a package. */
    GivenTrust getGiven(ClientGroup group) throws LifecycleException;

    /**
     * Records that the package now holds exactly what {@code given} says, each certificate since its time; what is not in it is
     * withdrawn. Harmless twice: the same bundle as the present one makes no new publication.
     *
     * @param effectiveness of the package as a whole
     */
    PublishedTrust record(GivenTrust given, PublishedPackage where, Instant publishedAt, Effectiveness effectiveness)
            throws LifecycleException;

    /** The present publication of a group. */
    Optional<PublishedTrust> findPresent(ClientGroupName group) throws LifecycleException;

    /** The present publication of each group, by name. */
    List<PublishedTrust> listPresent() throws LifecycleException;

    /**
     * Records that a person vouches for the present publication, with the times that follow from it: {@code confirmed} holds
     * the same certificates as before.
     *
     * @param effectiveness of the package as a whole
     */
    PublishedTrust recordConfirmed(GivenTrust confirmed, Effectiveness effectiveness, String person, Instant at)
            throws LifecycleException;

    /** What the server was last seen to present; empty when it was never reached. */
    Optional<SeenServer> findLastSeen(Endpoint endpoint) throws LifecycleException;

    /** Keeps the later of what is known and {@code seen}. */
    void recordSeen(SeenServer seen) throws LifecycleException;

    /** What the machines of client groups say of themselves. */
    ClientReports reports();

    /** Something to do for one group alone. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws LifecycleException;
    }
}
