package io.certwright.testing;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.IssuedCertificate;
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
import io.certwright.enrollment.RevocationReason;
import io.certwright.enrollment.Revokes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A CA that really signs, for what was asked, and answers by a script: each question takes the next answer, and when the script is
 * at its end it issues at once. It keeps what it was asked, what it issued and what it revoked.
 */
public class ScriptedIssuer implements Issuer, Revokes {
    /** One answer of the script. */
    @FunctionalInterface
    public interface Answer {
        EnrollmentResult to(EnrollmentRequest request) throws LifecycleException;
    }

    /** What it issued for which question, delivered or not. */
    public record Signed(UUID intent, IssuedCertificate certificate) {}

    private final IssuerName name;
    private final TestCa ca;
    private final Clock clock;
    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<EnrollmentRequest> asked = new ArrayList<>();
    private final List<RequestId> collected = new ArrayList<>();
    private final List<Signed> signed = new ArrayList<>();
    private final List<IssuedCertificate> revoked = new ArrayList<>();
    private final Deque<LifecycleException> refusedRevocations = new ArrayDeque<>();
    private Duration lifetime = Duration.ofDays(90);
    private Optional<String> template = Optional.empty();

    public ScriptedIssuer(String name, TestCa ca, Clock clock) {
        this.name = new IssuerName(name);
        this.ca = ca;
        this.clock = clock;
    }

    /** The same with the capability to find a lost answer again by its intent. */
    public static ScriptedIssuer remembering(String name, TestCa ca, Clock clock) {
        return new Remembering(name, ca, clock);
    }

    private static final class Remembering extends ScriptedIssuer implements LooksUpAnswers {
        Remembering(String name, TestCa ca, Clock clock) {
            super(name, ca, clock);
        }

        @Override
        public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) {
            return signed().stream()
                    .filter(known -> known.intent().equals(request.intent()))
                    .findFirst()
                    .map(known -> new Issued(known.certificate()));
        }
    }

    /** How long what it issues from now on is valid, from the moment of issue. */
    public ScriptedIssuer issuingFor(Duration newLifetime) {
        lifetime = newLifetime;
        return this;
    }

    /** Appends to the script. */
    public ScriptedIssuer then(Answer... answers) {
        script.addAll(List.of(answers));
        return this;
    }

    /** From now on it answers as a good CA. */
    public ScriptedIssuer forgetScript() {
        script.clear();
        return this;
    }

    /** What a good CA answers. */
    public Answer issues() {
        return issues(draft -> draft);
    }

    /** A certificate that differs from what was asked. */
    public Answer issues(UnaryOperator<TestCertificate> change) {
        return request -> new Issued(sign(request, change));
    }

    public static Answer pending(String id, Duration askAgainIn, String sentence) {
        return request -> new Pending(new RequestId(id), askAgainIn, sentence);
    }

    public static Answer denies(String words) {
        return request -> new Denied(words);
    }

    public static Answer fails(FailureKind kind, String sentence) {
        return request -> {
            throw new LifecycleException(kind, "SCRIPTED", sentence);
        };
    }

    public static Answer throttles(Duration wait, String sentence) {
        return request -> {
            throw LifecycleException.throttled("SCRIPTED", sentence, wait);
        };
    }

    /** Signs, and the answer never arrives. */
    public Answer losesItsAnswer() {
        return request -> {
            sign(request, draft -> draft);
            throw new AnswerLostException(
                    FailureKind.UNREACHABLE,
                    "ANSWER_LOST",
                    "issuer " + name + ": the connection broke before the answer came",
                    new IOException("connection reset"));
        };
    }

    /** Asks by this AD CS template. */
    public ScriptedIssuer askingBy(String nameOrOid) {
        template = Optional.of(nameOrOid);
        return this;
    }

    @Override
    public Optional<String> template() {
        return template;
    }

    /** The next revocation fails so. */
    public ScriptedIssuer failingToRevoke(FailureKind kind, String sentence) {
        refusedRevocations.add(new LifecycleException(kind, "SCRIPTED", sentence));
        return this;
    }

    public List<EnrollmentRequest> asked() {
        return List.copyOf(asked);
    }

    public List<RequestId> collected() {
        return List.copyOf(collected);
    }

    public List<Signed> signed() {
        return List.copyOf(signed);
    }

    public List<IssuedCertificate> revoked() {
        return List.copyOf(revoked);
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "scripted";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        asked.add(request);
        return next().to(request);
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        collected.add(id);
        return next().to(request);
    }

    @Override
    public List<X509Certificate> anchors() {
        return List.of(ca.anchor());
    }

    @Override
    public String test() {
        return name + " answers by a script of " + script.size();
    }

    @Override
    public void revoke(IssuedCertificate certificate, RevocationReason reason, Instant at) throws LifecycleException {
        if (!refusedRevocations.isEmpty()) {
            throw refusedRevocations.remove();
        }
        revoked.add(certificate);
    }

    private Answer next() {
        Answer next = script.poll();
        return next == null ? issues() : next;
    }

    private IssuedCertificate sign(EnrollmentRequest request, UnaryOperator<TestCertificate> change) {
        Instant from = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        TestCertificate draft = ca.leaf(
                        request.names().dns().stream().map(DnsName::value).toArray(String[]::new))
                .ips(request.names().ips().stream().map(IpAddress::text).toArray(String[]::new))
                .publicKey(request.csr().publicKey())
                .valid(from, from.plus(lifetime));
        IssuedCertificate certificate = change.apply(draft).issue();
        signed.add(new Signed(request.intent(), certificate));
        return certificate;
    }
}
