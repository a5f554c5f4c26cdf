package io.certwright.enrollment.manual;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.ChainOrder;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Remembered;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.TakesAnswer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A CA behind people. Asking writes files and is pending; the answer comes by {@link #accept}, is kept by intent, and may be
 * brought once more if the first was wrong: the last one counts.
 */
public final class ManualIssuer implements Issuer, LooksUpAnswers, TakesAnswer {
    private static final String ASKED = "asked";

    private final IssuerName name;
    private final ManualSettings settings;
    private final IssuerMemory memory;
    private final Clock clock;
    private final RequestFolder folder;
    private final RememberedCertificates answers;

    public ManualIssuer(IssuerName name, ManualSettings settings, IssuerMemory memory, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.memory = memory;
        this.clock = clock;
        this.folder = new RequestFolder(name, settings.folder(), settings.template());
        this.answers = new RememberedCertificates(name, memory);
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "manual";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> answer = answers.find(request);
        if (answer.isPresent()) {
            return answer.get();
        }
        memory.remember(
                name, Remembered.first(ASKED, keyOf(request), request.csr().der(), clock.instant()));
        return pending(request, folder.ensureWritten(request));
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return request(request);
    }

    /** Pending where the request was written and no answer has come; empty where it was never asked. */
    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        boolean asked = memory.find(name, ASKED, keyOf(request)).isPresent();
        Optional<EnrollmentResult> answer = answers.find(request);
        return answer.isPresent() || !asked ? answer : Optional.of(pending(request, folder.ensureWritten(request)));
    }

    private Pending pending(EnrollmentRequest request, Path csr) {
        return new Pending(
                new RequestId(keyOf(request)),
                settings.askAgain(),
                "waiting for a person to get the certificate: hand " + Printable.quote(csr.toString())
                        + " to the CA, then run: certwright issue " + request.certificate() + " --answer FILE");
    }

    @Override
    public void accept(EnrollmentRequest request, byte[] file) throws LifecycleException {
        String what = "answer for " + request.certificate();
        CertificateFile answer = CertificateFiles.parse(what, file);
        CertificateChain chain = ChainOrder.from(leafIn(request, what, answer), answer.certificates());
        answers.replace(request, chain, clock.instant());
    }

    /** Of several with our key (an old one beside the new), the one that starts last. */
    private static X509Certificate leafIn(EnrollmentRequest request, String what, CertificateFile answer)
            throws LifecycleException {
        return answer.certificates().stream()
                .filter(certificate -> Arrays.equals(
                        certificate.getPublicKey().getEncoded(), request.csr().publicKey()))
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "ANSWER_DOES_NOT_FIT",
                        what + ": none of its " + answer.certificates().size() + " certificates carries the key of "
                                + request.csr() + ", the first is for "
                                + Printable.quote(answer.certificates()
                                        .get(0)
                                        .getSubjectX500Principal()
                                        .getName())
                                + "; hand the request that is in the folder now to the CA"));
    }

    @Override
    public Optional<String> template() {
        return settings.template();
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    @Override
    public String test() throws LifecycleException {
        if (!folder.isWritable()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "REQUEST_NOT_WRITTEN",
                    "issuer " + name + ": nothing can be written to "
                            + Printable.quote(settings.folder().toString()) + "; check its permissions");
        }
        return "manual issuer " + name + ": requests go to "
                + Printable.quote(settings.folder().toString()) + ", "
                + anchors().size() + " anchors";
    }

    private static String keyOf(EnrollmentRequest request) {
        return request.intent().toString();
    }
}
