package io.certwright.doctor;

import io.certwright.certificate.DnsName;
import io.certwright.lookup.Observation;
import io.certwright.probe.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Port: the machine that Certwright runs on and its network. Every wait has a limit. */
public interface Machine {
    Instant now();

    /** Bytes that can still be written below the folder, whether or not it is there yet. */
    long freeBytes(Path folder) throws IOException;

    /** Whether this process may write below the folder, whether or not it is there yet. */
    boolean isWritable(Path folder);

    /** What is known of each name here: its addresses, perhaps none, or why nobody could say. */
    List<Observation> look(Collection<DnsName> names);

    Listening listening(Endpoint endpoint);
}
