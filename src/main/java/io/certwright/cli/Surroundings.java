package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.probe.TlsProbe;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** What commands that look at certificates need of the world around them; needs no settings file and no database. */
public interface Surroundings {
    Instant now();

    TlsProbe probe();

    /** The trust anchors of the settings; none where there is no settings file. */
    List<X509Certificate> configuredAnchors() throws LifecycleException;

    /** The roots that this system trusts, public ones as a rule. */
    List<X509Certificate> systemAnchors() throws LifecycleException;
}
