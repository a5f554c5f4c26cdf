package io.certwright.enrollment.certreq;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.IntentAnswers;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ServerClock;
import io.certwright.windows.AskedFor;
import io.certwright.windows.AuthorityCall.AuthorityAnswer;
import io.certwright.windows.AuthorityCall.GetCaPing;
import io.certwright.windows.AuthorityCall.GetCaTemplates;
import io.certwright.windows.AuthorityCall.ReceiveCaCertificate;
import io.certwright.windows.AuthorityCall.SubmitCaRequest;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.HostFacts;
import io.certwright.windows.HostCall.ProgramOutput;
import io.certwright.windows.HostFitness;
import io.certwright.windows.WindowsHost;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A CA of AD CS, asked by certreq on a host of its domain. Its number of a request is kept as soon as it is known and used from then on;
 * where it is not known, the answer is unknown, and the same CSR is submitted once more at most.
 */
public final class CertreqIssuer implements Issuer {
    private final IssuerName name;
    private final CertreqSettings settings;
    private final WindowsHost host;
    private final Clock clock;
    private final CertreqFailures failures;
    private final IntentAnswers answers;
    private final RequestNumbers numbers;

    public CertreqIssuer(IssuerName name, CertreqSettings settings, CertreqParts parts) {
        this.name = name;
        this.settings = settings;
        this.host = new AskedFor("issuer " + name, parts.host());
        this.clock = parts.clock();
        this.failures = new CertreqFailures(name, settings.ca());
        this.answers = new IntentAnswers(name, parts.memory(), parts.clock(), parts.random(), parts.pause());
        this.numbers = new RequestNumbers(name, parts.memory(), parts.clock());
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "adcs-certreq";
    }

    @Override
    public Optional<String> template() {
        return settings.template();
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        Optional<RequestId> held = numbers.find(request);
        if (held.isPresent()) {
            return collect(request, held.get());
        }
        return answers.request(request, () -> {
            var unused = requireFitHost();
            return () -> submitted(request);
        });
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return answers.collect(request, () -> () -> retrieved(request, id));
    }

    /** Whatever keeps the host from doing calls shows here, before anything is asked. */
    private HostFacts requireFitHost() throws LifecycleException {
        HostFacts facts = host.perform(new GetHostFacts());
        HostFitness.require(host.name(), facts);
        return facts;
    }

    private EnrollmentResult submitted(EnrollmentRequest request) throws LifecycleException {
        AuthorityAnswer answer;
        try {
            answer = host.perform(
                    new SubmitCaRequest(settings.ca(), settings.template(), PemCodec.request(request.csr())));
        } catch (LifecycleException failed) {
            throw CertreqFailures.ofVisit(failed);
        }
        CertreqSaid said = CertreqSaid.of(answer);
        OptionalLong number = said.requestId();
        return number.isPresent()
                ? numbered(request, answer, numbers.remember(request, number.getAsLong()))
                : unnumbered(request, answer);
    }

    /** What cannot be read of it is retrieved by its number later. */
    private EnrollmentResult numbered(EnrollmentRequest request, AuthorityAnswer answer, RequestId id)
            throws LifecycleException {
        CertreqSaid said = CertreqSaid.of(answer);
        try {
            Optional<Issued> issued = findIssued(request, answer);
            if (issued.isPresent()) {
                return issued.get();
            }
        } catch (AnswerLostException unusable) {
            return new Pending(
                    id, settings.askAgain(), unusable.getMessage() + "; request " + id + " is retrieved again later");
        }
        return said.isDenial() ? denied(request, "request " + id, said) : pending(id, said);
    }

    private EnrollmentResult unnumbered(EnrollmentRequest request, AuthorityAnswer answer) throws LifecycleException {
        CertreqSaid said = CertreqSaid.of(answer);
        Optional<Issued> issued = findIssued(request, answer);
        if (issued.isPresent()) {
            return issued.get();
        }
        if (said.isDenial()) {
            return denied(request, "a request without a number", said);
        }
        throw said.wasCertainlyNotAsked() ? failures.of(said) : AnswerLostException.after(failures.of(said));
    }

    private EnrollmentResult retrieved(EnrollmentRequest request, RequestId id) throws LifecycleException {
        AuthorityAnswer answer = host.perform(new ReceiveCaCertificate(settings.ca(), numberIn(request, id)));
        CertreqSaid said = CertreqSaid.of(answer);
        Optional<Issued> issued = findIssued(request, answer);
        if (issued.isPresent()) {
            return issued.get();
        }
        if (said.isDenial()) {
            return denied(request, "request " + id, said);
        }
        if (said.isUnknownRequest()) {
            throw failures.unknownRequest(request, id);
        }
        if (said.code().isPresent()) {
            throw failures.of(said);
        }
        return pending(id, said);
    }

    private long numberIn(EnrollmentRequest request, RequestId id) throws LifecycleException {
        try {
            return Long.parseLong(id.value());
        } catch (NumberFormatException notOurs) {
            throw failures.unknownRequest(request, id);
        }
    }

    /** Only certreq's success together with a file counts; that file must hold the certificate of our key. */
    private Optional<Issued> findIssued(EnrollmentRequest request, AuthorityAnswer answer) throws LifecycleException {
        if (answer.exitCode() != 0 || answer.certificateFile().isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> given = new ArrayList<>();
        for (Optional<byte[]> file : List.of(answer.certificateFile(), answer.chainFile())) {
            if (file.isPresent()) {
                given.addAll(certificatesIn(request, file.get()));
            }
        }
        return Optional.of(answers.issued(request, given, anchors()));
    }

    private List<X509Certificate> certificatesIn(EnrollmentRequest request, byte[] file) throws LifecycleException {
        String what = "issuer " + name + ": what certreq wrote for " + request.certificate();
        try {
            return CertificateFiles.parse(what, file).certificates();
        } catch (LifecycleException unreadable) {
            throw AnswerLostException.after(new LifecycleException(
                    FailureKind.MALFORMED_ANSWER, "ANSWER_UNREADABLE", unreadable.getMessage(), unreadable));
        }
    }

    private Denied denied(EnrollmentRequest request, String what, CertreqSaid said) {
        return new Denied("issuer " + name + " denied the certificate for " + request.names() + " (" + what + "): "
                + said.words() + said.explained());
    }

    private Pending pending(RequestId id, CertreqSaid said) {
        return new Pending(
                id,
                settings.askAgain(),
                "issuer " + name + ": request " + id + " is not decided at " + Printable.escape(settings.ca(), 200)
                        + ", which says " + said.words() + "; approve it there under Pending Requests");
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    /** Whether the host reaches the CA and the CA issues by the template; whether it lets us enroll shows only when it is asked. */
    @Override
    public String test() throws LifecycleException {
        HostFacts facts = requireFitHost();
        requireGood(host.perform(new GetCaPing(settings.ca())));
        requireTemplate(requireGood(host.perform(new GetCaTemplates(settings.ca()))));
        return "adcs-certreq issuer " + name + ": " + settings.ca() + " answers on host " + host.name()
                + settings.template()
                        .map(template -> " and issues by template " + template
                                + "; whether the account may enroll for it shows only when a certificate is asked for")
                        .orElse("")
                + ServerClock.appended(ServerClock.skew("the host's", facts.clock(), clock.instant()));
    }

    private ProgramOutput requireGood(ProgramOutput output) throws LifecycleException {
        if (output.exitCode() != 0) {
            throw failures.notAnswering(new CertreqSaid(output.exitCode(), output.lines()));
        }
        return output;
    }

    /** A line begins with the internal name and a colon, in any language. */
    private void requireTemplate(ProgramOutput listed) throws LifecycleException {
        Optional<String> template = settings.template();
        if (template.isPresent()
                && listed.lines().stream().noneMatch(line -> line.strip().startsWith(template.get() + ":"))) {
            throw failures.noSuchTemplate(template.get(), listed.lines());
        }
    }
}
