package io.certwright.cli;

import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.IssuerLookup;
import io.certwright.lookup.NameLookup;
import io.certwright.lookup.RevocationLookup;
import io.certwright.probe.TlsProbe;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What commands that look at certificates need of the world around them; needs no settings file and no database. */
public interface Surroundings {
    Instant now();

    TlsProbe probe();

    NameLookup names();

    RevocationLookup revocation();

    IssuerLookup issuers();

    /** Whether a person is there to be asked: standard input and output are a terminal. */
    boolean isInteractive();

    /** Asks the person at the terminal for a line; empty where there is no terminal, or no answer any more. */
    Optional<String> ask(String question) throws InterruptedException;

    /** As {@link #ask}, without showing what is typed. */
    Optional<SecretBytes> askSecret(String question) throws InterruptedException;

    /** Whether the shells of this machine are those of Windows. */
    boolean isOnWindows();

    /** Whether there is a settings file, sound or not. */
    boolean hasSettings();

    /** The trust anchors of the settings; none where there is no settings file. */
    List<X509Certificate> configuredAnchors() throws LifecycleException;

    /** The roots that this system trusts, public ones as a rule. */
    List<X509Certificate> systemAnchors() throws LifecycleException;
}
