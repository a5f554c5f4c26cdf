package io.certwright.cli;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.IssuerLookup;
import io.certwright.lookup.NameLookup;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.IssuerNotFetched;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.lookup.RevocationLookup;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A world of endpoints that present what a test gave them; all others are unreachable. */
public final class FakeSurroundings implements Surroundings {
    private final Instant now;
    private final List<X509Certificate> configured;
    private final List<X509Certificate> system;
    private final Map<String, PresentedCertificate> shown = new HashMap<>();
    private final List<Observation> known = new ArrayList<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private boolean interactive;

    public FakeSurroundings(Instant now, List<X509Certificate> configured, List<X509Certificate> system) {
        this.now = now;
        this.configured = configured;
        this.system = system;
    }

    FakeSurroundings showing(String endpoint, PresentedCertificate presented) {
        shown.put(endpoint, presented);
        return this;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public TlsProbe probe() {
        return this::look;
    }

    FakeSurroundings knowing(Observation seen) {
        known.add(seen);
        return this;
    }

    /** The password that the person at the terminal types, once for each time it is given. */
    public FakeSurroundings typing(String password) {
        typed.add(password);
        return this;
    }

    @Override
    public NameLookup names() {
        return name -> known.stream()
                .filter(seen ->
                        seen instanceof Resolved resolved && resolved.name().equals(name))
                .findFirst()
                .orElseGet(() -> new NameUnknown(name, "this test has no DNS", now));
    }

    @Override
    public RevocationLookup revocation() {
        return (certificate, issuer) -> {
            Sha256Fingerprint subject = Sha256Fingerprint.of(certificate);
            return known.stream()
                    .filter(seen -> (seen instanceof Revoked revoked
                                    && revoked.certificate().equals(subject))
                            || (seen instanceof RevocationUnknown unknown
                                    && unknown.certificate().equals(subject)))
                    .findFirst()
                    .orElseGet(() -> new NotRevoked(subject, now.plus(Duration.ofDays(7)), now));
        };
    }

    @Override
    public IssuerLookup issuers() {
        return new IssuerLookup() {
            @Override
            public boolean isNamedBy(X509Certificate certificate) {
                return known.stream()
                        .anyMatch(seen -> seen instanceof IssuerNotFetched absent
                                && absent.certificate().equals(Sha256Fingerprint.of(certificate)));
            }

            @Override
            public Observation look(X509Certificate certificate, X509Certificate issuer) {
                return known.stream()
                        .filter(seen -> seen instanceof IssuerNotFetched absent
                                && absent.certificate().equals(Sha256Fingerprint.of(certificate)))
                        .findFirst()
                        .orElseThrow();
            }
        };
    }

    /** A person at a terminal who answers these lines, one for each question. */
    public FakeSurroundings answering(String... lines) {
        answers.addAll(List.of(lines));
        interactive = true;
        return this;
    }

    /** Every question that was asked, those for secrets too. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public boolean isInteractive() {
        return interactive;
    }

    @Override
    public boolean isOnWindows() {
        return false;
    }

    @Override
    public Optional<String> ask(String question) throws InterruptedException {
        asked.add(question);
        String line = answers.poll();
        if ("^C".equals(line)) {
            throw new InterruptedException();
        }
        return Optional.ofNullable(line);
    }

    @Override
    public Optional<SecretBytes> askSecret(String question) {
        asked.add(question);
        return Optional.ofNullable(typed.poll()).map(SecretBytes::ofText);
    }

    @Override
    public boolean hasSettings() {
        return false;
    }

    private PresentedCertificate look(Endpoint endpoint) throws LifecycleException {
        PresentedCertificate presented = shown.get(endpoint.toString());
        if (presented == null) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "ENDPOINT_UNREACHABLE", endpoint + ": nobody answered in 10 s");
        }
        return presented;
    }

    @Override
    public List<X509Certificate> configuredAnchors() {
        return configured;
    }

    @Override
    public List<X509Certificate> systemAnchors() {
        return system;
    }
}
