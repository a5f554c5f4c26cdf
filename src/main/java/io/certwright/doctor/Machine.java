package io.certwright.doctor;

import io.certwright.certificate.DnsName;
import io.certwright.probe.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Port: the machine that Certwright runs on and its network. Every wait has a limit. */
public interface Machine {
    Instant now();

    /** Bytes that can still be written below the folder, whether or not it is there yet. */
    long freeBytes(Path folder) throws IOException;

    /** Whether this process may write below the folder, whether or not it is there yet. */
    boolean isWritable(Path folder);

    /** Those of the names that have no address here. */
    Set<DnsName> unresolved(Collection<DnsName> names);

    Listening listening(Endpoint endpoint);
}
