package io.certwright.lookup;

import io.certwright.certificate.DnsName;

/** Port: what addresses a name has. Within a limit; what could not be found out is an answer, too. */
public interface NameLookup {
    /** {@link Observation.Resolved} or {@link Observation.NameUnknown}. */
    Observation look(DnsName name);
}
