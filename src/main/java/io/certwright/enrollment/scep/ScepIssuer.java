package io.certwright.enrollment.scep;

import io.certwright.certificate.KeyAlgorithm;
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
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CA that speaks SCEP. Its transaction is named by the hash of the CSR, so that an answer that was lost can be asked about; where
 * the server knows no such question, the same CSR is sent once more at most.
 */
public final class ScepIssuer implements Issuer, LooksUpAnswers {
    private static final int MOST_ASKS = 2;
    /** What the numbers of RFC 8894, 3.2.1.4, mean. */
    private static final Map<String, String> FAILURES = Map.of(
            "0", "badAlg: it does not know the algorithm",
            "1", "badMessageCheck: it could not check or open our message",
            "2", "badRequest: it does not permit this, often because of the challenge",
            "3", "badTime: the time of our message is too far from its own",
            "4", "badCertId: it knows no such request");

    private final IssuerName name;
    private final ScepSettings settings;
    private final ScepParts parts;
    private final ScepFailures failures;
    private final ScepWire wire;
    private final IntentAnswers answers;

    public ScepIssuer(IssuerName name, ScepSettings settings, ScepParts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        this.failures = new ScepFailures(name);
        this.wire = new ScepWire(name, settings);
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
            Asking asking = begin(request);
            return () -> resultOf(request, asking.ask(), "");
        });
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return answers.collect(request, () -> {
            Asking asking = begin(request);
            return () -> resultOf(request, asking.poll(), " after it had been pending");
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
        Optional<ScepMessages.Reply> reply = findReply(request);
        if (reply.isPresent() && !reply.get().isFailure()) {
            return Optional.of(resultOf(request, reply.get(), ""));
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
    private Optional<ScepMessages.Reply> findReply(EnrollmentRequest request) throws LifecycleException {
        try {
            return Optional.of(begin(request).poll());
        } catch (LifecycleException failed) {
            if (failed.code().equals("CA_REFUSED") || failed.kind() == FailureKind.MALFORMED_ANSWER) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private EnrollmentResult resultOf(EnrollmentRequest request, ScepMessages.Reply reply, String when)
            throws LifecycleException {
        if (reply.isFailure()) {
            return new Denied(
                    "issuer " + name + " denied the certificate for " + request.names() + when + ": " + wordsOf(reply));
        }
        if (reply.isPending()) {
            return new Pending(
                    new RequestId(transactionOf(request)),
                    settings.askAgain(),
                    "issuer " + name + ": the CA has not decided on transaction "
                            + transactionOf(request).substring(0, 8) + "… yet; people there may have to approve it");
        }
        if (!reply.isSuccess()) {
            throw AnswerLostException.after(
                    failures.malformed("of status " + Printable.quote(reply.status()) + ", wanted 0, 2 or 3"));
        }
        return answers.issued(request, reply.certificates(), authorities().all());
    }

    private static String wordsOf(ScepMessages.Reply reply) {
        String meaning = FAILURES.getOrDefault(reply.failInfo(), "failInfo " + Printable.escape(reply.failInfo(), 10));
        return reply.failInfoText().isEmpty()
                ? meaning
                : Printable.quote(Printable.escape(reply.failInfoText(), 300)) + " (" + meaning + ")";
    }

    private static String transactionOf(EnrollmentRequest request) {
        return request.csr().sha256();
    }

    private Asking begin(EnrollmentRequest request) throws LifecycleException {
        SealedKey sealed = request.key()
                .orElseThrow(() -> failures.refused(
                        "SCEP_NEEDS_THE_KEY",
                        "the key of " + request.certificate()
                                + " is not here, and SCEP wants each message signed with it; use a"
                                + " key of origin service, or another protocol"));
        if (sealed.spec().algorithm() != KeyAlgorithm.RSA) {
            throw failures.refused(
                    "SCEP_NEEDS_RSA",
                    "the key of " + request.certificate() + " is " + sealed.spec()
                            + ", and SCEP can encrypt answers to RSA keys only; write algorithm: rsa into its key");
        }
        Capabilities capabilities = wire.capabilities();
        Authorities authorities = authorities();
        try {
            ScepRequest csr =
                    new ScepRequest(request.csr().der(), parts.sealer().open(sealed));
            X509Certificate own = csr.selfSigned(parts.clock().instant(), parts.random());
            Transaction transaction =
                    Transaction.begin(transactionOf(request), parts.sealer().open(sealed), own, parts.random());
            return new Asking(csr, transaction, authorities, capabilities);
        } catch (GeneralSecurityException | IOException impossible) {
            throw notMade(impossible);
        }
    }

    private LifecycleException notMade(Exception why) {
        return new LifecycleException(
                FailureKind.INTERNAL,
                "SCEP_MESSAGE_NOT_MADE",
                "issuer " + name + ": a SCEP message cannot be made of the recorded CSR and key",
                why);
    }

    /** One message and its answer. */
    private final class Asking {
        private final ScepRequest csr;
        private final Transaction transaction;
        private final Authorities authorities;
        private final Capabilities capabilities;

        Asking(ScepRequest csr, Transaction transaction, Authorities authorities, Capabilities capabilities) {
            this.csr = csr;
            this.transaction = transaction;
            this.authorities = authorities;
            this.capabilities = capabilities;
        }

        /** From here on the CA may have the request, whatever becomes of the answer. */
        ScepMessages.Reply ask() throws LifecycleException {
            byte[] message = made(ScepMessages.PKCS_REQ);
            try {
                return answerTo(message);
            } catch (LifecycleException failed) {
                throw AnswerLostException.after(failed);
            }
        }

        ScepMessages.Reply poll() throws LifecycleException {
            return answerTo(made(ScepMessages.CERT_POLL));
        }

        private byte[] made(int type) throws LifecycleException {
            try {
                byte[] content = type == ScepMessages.PKCS_REQ
                        ? csr.withChallenge(settings.challenge())
                        : csr.poll(authorities.issuing());
                return ScepMessages.request(type, transaction, content, authorities.recipient(), capabilities);
            } catch (GeneralSecurityException | IOException impossible) {
                throw notMade(impossible);
            }
        }

        private ScepMessages.Reply answerTo(byte[] message) throws LifecycleException {
            ScepWire.Answer answer = wire.operate(message, capabilities.takesPost());
            if (!answer.contentType().equalsIgnoreCase("application/x-pki-message")) {
                throw failures.malformed(
                        "of type " + Printable.quote(answer.contentType()) + ", wanted application/x-pki-message");
            }
            try {
                return ScepMessages.reply(answer.body(), transaction, authorities.all());
            } catch (GeneralSecurityException | IOException | RuntimeException garbage) {
                throw failures.malformed("no answer to our message", garbage);
            }
        }
    }

    private Authorities authorities() throws LifecycleException {
        return Authorities.from(
                failures, wire.authorities(), anchors(), parts.clock().instant());
    }

    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path file : settings.anchors()) {
            anchors.addAll(CertificateFiles.read(file).certificates());
        }
        return List.copyOf(anchors);
    }

    /** What the server can and whose it is; the challenge shows only when a certificate is asked for. */
    @Override
    public String test() throws LifecycleException {
        Capabilities capabilities = wire.capabilities();
        Authorities authorities = authorities();
        return "scep issuer " + name + ": " + settings.url() + " answers for "
                + Printable.quote(
                        authorities.issuing().getSubjectX500Principal().getName())
                + ", " + (capabilities.takesAes() ? "AES" : "only 3DES") + ", "
                + (capabilities.takesSha256() ? "SHA-256" : "only SHA-1") + ", "
                + (capabilities.takesPost() ? "POST" : "only GET");
    }

    @Override
    public List<String> warnings() {
        return settings.challenge().isPresent()
                ? List.of()
                : List.of("it has no challenge: the server must know by other means who may ask");
    }
}
