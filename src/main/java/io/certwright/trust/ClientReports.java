package io.certwright.trust;

import io.certwright.failure.LifecycleException;
import java.util.Collection;
import java.util.List;

/** The last report of each machine of each client group. */
public interface ClientReports {
    /**
     * Keeps the later of what is known of each machine and what is given.
     *
     * @param source where it comes from, for people: a file's name, a person
     * @return how many of them were newer than what was known
     */
    int record(ClientGroupName group, Collection<ClientReport> reports, String source) throws LifecycleException;

    /** By the name of the machine. */
    List<ClientReport> list(ClientGroupName group) throws LifecycleException;
}
