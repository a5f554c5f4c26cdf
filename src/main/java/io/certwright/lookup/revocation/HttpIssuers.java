package io.certwright.lookup.revocation;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.CertificateReader;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.IssuerLookup;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.IssuerFetched;
import io.certwright.lookup.Observation.IssuerNotFetched;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Fetches issuers' certificates over HTTP, each address once in the life of this object, which is that of one command. Safe for many threads. */
public final class HttpIssuers implements IssuerLookup {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final int LARGEST = 1024 * 1024;
    private static final int MOST_ADDRESSES = 3;

    private final HttpExchange http;
    private final Clock clock;
    private final Map<URI, Fetched> fetched = new ConcurrentHashMap<>();

    public HttpIssuers(Clock clock) {
        this(LIMIT, clock);
    }

    /** @param limit of each exchange */
    HttpIssuers(Duration limit, Clock clock) {
        this.http = new HttpExchange(limit);
        this.clock = clock;
    }

    /** What an address gave, or why it gave nothing. */
    private record Fetched(List<X509Certificate> certificates, Optional<String> fault) {}

    @Override
    public boolean isNamedBy(X509Certificate certificate) {
        return !addresses(certificate).isEmpty();
    }

    @Override
    public Observation look(X509Certificate certificate, X509Certificate issuer) {
        Sha256Fingerprint subject = Sha256Fingerprint.of(certificate);
        Instant now = clock.instant();
        String why = "no address is named";
        for (URI address : addresses(certificate)) {
            Fetched there = fetched.computeIfAbsent(address, this::fetch);
            if (there.certificates().stream().anyMatch(one -> hasSameNameAndKey(one, issuer))) {
                return new IssuerFetched(subject, now);
            }
            why = there.fault()
                    .orElseGet(() -> Printable.escape(address.toString(), 120)
                            + " gives another certificate, "
                            + Printable.quote(there.certificates()
                                    .get(0)
                                    .getSubjectX500Principal()
                                    .getName()));
        }
        return new IssuerNotFetched(subject, why, now);
    }

    private Fetched fetch(URI address) {
        String what = Printable.escape(address.toString(), 120);
        try {
            return new Fetched(
                    CertificateFiles.parse(what, http.get(address, LARGEST)).certificates(), Optional.empty());
        } catch (LifecycleException failed) {
            return new Fetched(List.of(), Optional.of(failed.getMessage()));
        }
    }

    private static List<URI> addresses(X509Certificate certificate) {
        try {
            return CertificateReader.read(certificate).issuerUris().stream()
                    .flatMap(address -> HttpExchange.parse(address).stream())
                    .limit(MOST_ADDRESSES)
                    .toList();
        } catch (LifecycleException malformed) {
            return List.of();
        }
    }

    private static boolean hasSameNameAndKey(X509Certificate one, X509Certificate other) {
        return one.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                && Arrays.equals(
                        one.getPublicKey().getEncoded(), other.getPublicKey().getEncoded());
    }
}
