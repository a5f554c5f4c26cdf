package io.certwright.windows.simulated;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateDraft;
import io.certwright.crypto.CertificateDraft.Purpose;
import io.certwright.crypto.CertificateSigner;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.KeyGenerator;
import io.certwright.failure.LifecycleException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** A CA of AD CS that really signs: a root, an issuing CA, the templates it issues by, and its table of requests, each with a number. */
public final class SimulatedAuthority {
    /** What the CA does with a request. */
    public enum Policy {
        /** Signs at once. */
        ISSUES,
        /** Keeps it until a person decides. */
        ASKS_A_PERSON,
        /** Denies by its policy module, because of the template's permissions. */
        DENIES
    }

    /** What became of a request. */
    enum Disposition {
        PENDING,
        ISSUED,
        DENIED
    }

    /** One row of the CA's table. */
    record Row(CertificateSigningRequest request, Disposition disposition, Optional<X509Certificate> certificate) {}

    private static final Duration LIFETIME = Duration.ofDays(365);

    private final Clock clock;
    private final SecureRandom random;
    private final List<String> templates;
    private final KeyPair key;
    private final X509Certificate root;
    private final X509Certificate issuing;
    private final List<Row> rows = new ArrayList<>();
    private Policy policy = Policy.ISSUES;

    /** @param templates their internal names */
    public SimulatedAuthority(String name, List<String> templates, Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.templates = List.copyOf(templates);
        KeyGenerator keys = new KeyGenerator(random);
        KeyPair rootKey = keys.generate(KeySpec.P_256);
        this.key = keys.generate(KeySpec.P_256);
        X500Principal rootName = new X500Principal("CN=" + name + " Root");
        X500Principal own = new X500Principal("CN=" + name);
        CertificateSigner above = new CertificateSigner(rootName, rootKey.getPublic(), rootKey.getPrivate(), random);
        this.root = above.sign(draft(rootName, rootKey, Purpose.ROOT));
        this.issuing = above.sign(draft(own, key, Purpose.ISSUING));
    }

    private CertificateDraft draft(X500Principal subject, KeyPair pair, Purpose purpose) {
        Instant now = clock.instant();
        return new CertificateDraft(
                subject,
                new ValidityPeriod(now.minus(Duration.ofDays(1)), now.plus(LIFETIME.multipliedBy(10))),
                pair.getPublic().getEncoded(),
                purpose,
                new SubjectAlternativeNames(List.of(), List.of()),
                Optional.empty(),
                Optional.empty());
    }

    public X509Certificate root() {
        return root;
    }

    public X509Certificate issuing() {
        return issuing;
    }

    public synchronized void decides(Policy next) {
        policy = next;
    }

    /** How many requests it holds, whatever became of them. */
    public synchronized int requests() {
        return rows.size();
    }

    /** A person at the CA approves whatever waits. */
    public synchronized void approveAll() {
        rows.replaceAll(row -> row.disposition() == Disposition.PENDING ? signed(row.request()) : row);
    }

    /** A person at the CA denies whatever waits. */
    public synchronized void denyAll() {
        rows.replaceAll(row -> row.disposition() == Disposition.PENDING
                ? new Row(row.request(), Disposition.DENIED, Optional.empty())
                : row);
    }

    List<String> templates() {
        return templates;
    }

    /** Gives the request its number and decides on it as the policy says. */
    synchronized int submit(CertificateSigningRequest request) {
        rows.add(
                switch (policy) {
                    case ISSUES -> signed(request);
                    case ASKS_A_PERSON -> new Row(request, Disposition.PENDING, Optional.empty());
                    case DENIES -> new Row(request, Disposition.DENIED, Optional.empty());
                });
        return rows.size();
    }

    synchronized Optional<Row> find(long number) {
        return number >= 1 && number <= rows.size() ? Optional.of(rows.get((int) number - 1)) : Optional.empty();
    }

    private Row signed(CertificateSigningRequest request) {
        SubjectAlternativeNames names = namesIn(request);
        Instant now = clock.instant();
        X509Certificate certificate = sign(
                names, request.publicKey(), new ValidityPeriod(now.minus(Duration.ofMinutes(10)), now.plus(LIFETIME)));
        return new Row(request, Disposition.ISSUED, Optional.of(certificate));
    }

    /** A server certificate of this CA, as auto-enrolment would bring it. */
    public X509Certificate sign(SubjectAlternativeNames names, byte[] publicKey, ValidityPeriod validity) {
        return new CertificateSigner(issuing.getSubjectX500Principal(), key.getPublic(), key.getPrivate(), random)
                .sign(new CertificateDraft(
                        new X500Principal("CN=" + names.dns().get(0)),
                        validity,
                        publicKey,
                        Purpose.SERVER,
                        names,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static SubjectAlternativeNames namesIn(CertificateSigningRequest request) {
        try {
            return CsrReader.namesOf(request);
        } catch (LifecycleException nameless) {
            throw new IllegalArgumentException("a request without names", nameless);
        }
    }
}
