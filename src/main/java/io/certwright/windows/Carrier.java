package io.certwright.windows;

import io.certwright.failure.LifecycleException;

/** Starts Windows PowerShell on a host, hands it a visit and brings back what it said. Knows nothing of calls. */
public interface Carrier {
    /**
     * Has the visit's script run on the host, and brings back what it said.
     *
     * @throws LifecycleException of kind UNREACHABLE where the host does not answer within the visit's limit, UNAUTHORIZED where it does
     *     not let us in, MALFORMED_ANSWER where it says more than {@link Visit#LONGEST_OUTPUT}. What was started is ended.
     */
    VisitOutput carry(Visit visit) throws LifecycleException;

    /** Whether the logon there carries credentials for other machines. A logon by SSH key does not. */
    boolean hasNetworkLogon();
}
