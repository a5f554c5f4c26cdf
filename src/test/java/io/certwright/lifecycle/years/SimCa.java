package io.certwright.lifecycle.years;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A CA that really signs, with the moods of all CAs: mostly it issues at once. It remembers what it gave for which intent, and nobody
 * reaches it while it is out.
 */
final class SimCa implements Issuer, LooksUpAnswers {
    private final IssuerName name;
    private final TestCa ca;
    private final Clock clock;
    private final RandomGenerator random;
    private final Function<CertificateName, Duration> lifetimes;
    private final Map<UUID, IssuedCertificate> given = new HashMap<>();
    private final Map<String, Instant> approvedAt = new HashMap<>();
    private final boolean saysNo;
    private Instant outUntil = Instant.MIN;

    /** @param saysNo whether it sometimes denies, or gives what our checks refuse: a second CA's no is final until the first is back */
    SimCa(
            String name,
            Clock clock,
            RandomGenerator random,
            Function<CertificateName, Duration> lifetimes,
            boolean saysNo) {
        this.name = new IssuerName(name);
        this.ca = TestCa.root("CN=Root of " + name, clock.instant()).intermediate("CN=Issuing of " + name);
        this.clock = clock;
        this.random = random;
        this.lifetimes = lifetimes;
        this.saysNo = saysNo;
    }

    void outUntil(Instant end) {
        outUntil = end;
    }

    private void requireInReach() throws LifecycleException {
        if (clock.instant().isBefore(outUntil)) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "CA_UNREACHABLE", "issuer " + name + ": nobody answers");
        }
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        requireInReach();
        int mood = random.nextInt(100);
        FailureKind[] kinds = FailureKind.values();
        if (mood < 3 * kinds.length) {
            throw failure(kinds[mood / 3]);
        }
        return switch (mood) {
            case 20, 21, 22, 23 -> pending(request);
            case 24, 25 -> saysNo ? new Denied("the template is not for you") : issued(request);
            case 26, 27 -> saysNo ? forAnotherKey(request) : issued(request);
            case 28, 29, 30 ->
                new Issued(sign(request, patience(request), request.csr().publicKey()));
            case 31, 32 -> throw lost(request);
            default -> issued(request);
        };
    }

    private Issued forAnotherKey(EnrollmentRequest request) {
        return new Issued(sign(
                request,
                Duration.ZERO,
                TestKeys.fresh(KeySpec.P_256).getPublic().getEncoded()));
    }

    private Issued issued(EnrollmentRequest request) {
        return new Issued(sign(request, Duration.ZERO, request.csr().publicKey()));
    }

    private LifecycleException failure(FailureKind kind) {
        return kind == FailureKind.THROTTLED
                ? LifecycleException.throttled(
                        "TOO_MANY", "issuer " + name + ": too many requests", Duration.ofHours(1))
                : new LifecycleException(kind, "BAD_DAY", "issuer " + name + ": has a bad day");
    }

    private AnswerLostException lost(EnrollmentRequest request) {
        issued(request);
        return new AnswerLostException(
                FailureKind.UNREACHABLE,
                "ANSWER_LOST",
                "issuer " + name + ": the connection broke",
                new IOException("connection reset"));
    }

    /** Somebody over there approves in a while. */
    private Pending pending(EnrollmentRequest request) {
        RequestId id = new RequestId(request.intent().toString());
        approvedAt.put(id.value(), clock.instant().plus(patience(request)));
        return ask(request, id);
    }

    private Pending ask(EnrollmentRequest request, RequestId id) {
        return new Pending(id, patience(request).dividedBy(3), "taken under submission");
    }

    /** How long anybody at this CA takes: short beside the certificate's life. */
    private Duration patience(EnrollmentRequest request) {
        return lifetimes.apply(request.certificate()).dividedBy(120);
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        requireInReach();
        return clock.instant().isBefore(approvedAt.getOrDefault(id.value(), Instant.MIN))
                ? ask(request, id)
                : issued(request);
    }

    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        requireInReach();
        return Optional.ofNullable(given.get(request.intent())).map(Issued::new);
    }

    private IssuedCertificate sign(EnrollmentRequest request, Duration ahead, byte[] publicKey) {
        Instant from = clock.instant().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
        IssuedCertificate certificate = ca.leaf(
                        request.names().dns().stream().map(DnsName::value).toArray(String[]::new))
                .publicKey(publicKey)
                .valid(from, from.plus(lifetimes.apply(request.certificate())))
                .issue();
        given.put(request.intent(), certificate);
        return certificate;
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "simulated";
    }

    boolean gave(X509Certificate leaf) {
        return leaf.getIssuerX500Principal().equals(ca.certificate().getSubjectX500Principal());
    }

    @Override
    public List<X509Certificate> anchors() {
        return List.of(ca.anchor());
    }

    @Override
    public String test() {
        return name + " is in some mood";
    }
}
