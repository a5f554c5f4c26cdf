package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.IntentAnswers;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ServerClock;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A CA that speaks SCEP. Its transaction is named by the hash of the CSR, so that an answer that was lost can be asked about; where
 * the server knows no such question, the same CSR is sent once more at most.
 */
public final class ScepIssuer implements Issuer, LooksUpAnswers {
    private static final int MOST_ASKS = 2;

    private final IssuerName name;
    private final ScepSettings settings;
    private final ScepParts parts;
    private final ScepFailures failures;
    private final ScepWire wire;
    private final Signers signers;
    private final Challenges challenges;
    private final IntentAnswers answers;

    public ScepIssuer(IssuerName name, ScepSettings settings, ScepParts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        this.failures = new ScepFailures(name);
        this.wire = new ScepWire(name, settings);
        this.signers = new Signers(name, parts, failures);
        this.challenges = new Challenges(name, settings);
        this.answers = new IntentAnswers(name, parts.memory(), parts.clock(), parts.random(), parts.pause());
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "scep";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        return answers.request(request, () -> {
            ScepExchange exchange = begin(request);
            return () -> asked(request, exchange);
        });
    }

    /** A renewal that the CA denies, signed, is asked for once more as a first request where the settings know a challenge for that. */
    private EnrollmentResult asked(EnrollmentRequest request, ScepExchange exchange) throws LifecycleException {
        if (exchange.old().isPresent()) {
            ScepMessages.Reply reply = exchange.renew(challenges.forRenewal());
            if (!reply.isFailure() || !settings.knowsChallenge()) {
                return resultOf(request, exchange, reply, "");
            }
        }
        return resultOf(request, exchange, exchange.enroll(challenges.forFirstRequest()), "");
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return answers.collect(request, () -> {
            ScepExchange exchange = begin(request);
            return () -> resultOf(request, exchange, exchange.poll(), " after it had been pending");
        });
    }

    /** Empty where the server knows no such transaction or cannot be asked about it; then asking once more is all that is left. */
    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = answers.find(request);
        int times = answers.timesAsked(request);
        if (known.isPresent() || times == 0) {
            return known;
        }
        ScepExchange exchange = begin(request);
        Optional<ScepMessages.Reply> reply = findReply(exchange);
        if (reply.isPresent() && !reply.get().isFailure()) {
            return Optional.of(resultOf(request, exchange, reply.get(), ""));
        }
        if (times >= MOST_ASKS) {
            throw failures.refused(
                    "ANSWER_UNKNOWN",
                    "asked " + times
                            + " times with the same CSR, and what became of it the server cannot tell; look there for"
                            + " certificates for " + request.names()
                            + ", revoke what is not needed, then run \"certwright renew " + request.certificate()
                            + " --force\"");
        }
        return Optional.empty();
    }

    /** A server that answers a poll with an error does not know it; one that does not answer at all is out of reach. */
    private static Optional<ScepMessages.Reply> findReply(ScepExchange exchange) throws LifecycleException {
        try {
            return Optional.of(exchange.poll());
        } catch (LifecycleException failed) {
            if (failed.code().equals("CA_REFUSED") || failed.kind() == FailureKind.MALFORMED_ANSWER) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private EnrollmentResult resultOf(
            EnrollmentRequest request, ScepExchange exchange, ScepMessages.Reply reply, String when)
            throws LifecycleException {
        if (reply.isFailure()) {
            return new Denied("issuer " + name + " denied the certificate for " + request.names() + when + ": "
                    + reply.wordsOfFailure());
        }
        if (reply.isPending()) {
            return new Pending(
                    new RequestId(exchange.id()),
                    settings.askAgain(),
                    "issuer " + name + ": the CA has not decided on transaction "
                            + exchange.id().substring(0, 8) + "… yet; people there may have to approve it");
        }
        if (!reply.isSuccess()) {
            throw AnswerLostException.after(
                    failures.malformed("of status " + Printable.quote(reply.status()) + ", wanted 0, 2 or 3"));
        }
        return answers.issued(
                request, reply.certificates(), exchange.authorities().all());
    }

    /** Everything but a message: whether the key will do, what the server can, and whose it is. */
    private ScepExchange begin(EnrollmentRequest request) throws LifecycleException {
        SealedKey key = signers.requireKey(request);
        Capabilities capabilities = wire.capabilities();
        Authorities authorities = authorities();
        try {
            ScepRequest csr =
                    new ScepRequest(request.csr().der(), parts.sealer().open(key));
            return new ScepExchange(
                    failures,
                    wire,
                    parts.random(),
                    capabilities,
                    authorities,
                    request.csr().sha256(),
                    csr,
                    signers.itself(csr),
                    signers.predecessor(request, capabilities));
        } catch (GeneralSecurityException | IOException impossible) {
            throw ScepExchange.notMade(failures, impossible);
        }
    }

    private Authorities authorities() throws LifecycleException {
        return Authorities.from(
                failures, wire.authorities(), anchors(), parts.clock().instant());
    }

    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    /** What the server can, whose it is, and as far as that shows without using up a password, whether it knows us. */
    @Override
    public String test() throws LifecycleException {
        Capabilities capabilities = wire.capabilities();
        Authorities authorities = authorities();
        return "scep issuer " + name + ": " + settings.url() + " answers for "
                + Printable.quote(
                        authorities.issuing().getSubjectX500Principal().getName())
                + ", " + (capabilities.takesAes() ? "AES" : "only 3DES") + ", "
                + (capabilities.takesSha256() ? "SHA-256" : "only SHA-1") + ", "
                + (capabilities.takesPost() ? "POST" : "only GET") + ", "
                + (capabilities.takesRenewals()
                        ? "renewal by the old certificate"
                        : "no renewal by the old certificate")
                + challenges.test()
                + ServerClock.appended(wire.clockSkew(parts.clock().instant()));
    }

    @Override
    public List<String> warnings() {
        return settings.knowsChallenge()
                ? List.of()
                : List.of("it has no challenge: the server must know by other means who may ask");
    }
}
