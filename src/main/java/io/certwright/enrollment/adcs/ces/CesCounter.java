package io.certwright.enrollment.adcs.ces;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.Counter;
import io.certwright.enrollment.adcs.Denials;
import io.certwright.enrollment.adcs.Disposition;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ServerClock;
import java.util.Optional;

/** Puts requests to CES, after a look at what CEP says of the template. */
final class CesCounter implements Counter {
    /** No request has it: whoever asks about it reaches the service and changes nothing. */
    private static final String NO_NUMBER = "0";

    private static final int LONGEST_REASON = 200;

    private final IssuerName issuer;
    private final CesSettings settings;
    private final AdcsParts parts;
    private final Services services;
    private final TemplateCheck template;

    CesCounter(IssuerName issuer, CesSettings settings, AdcsParts parts) {
        this.issuer = issuer;
        this.settings = settings;
        this.parts = parts;
        this.services = new Services(issuer, settings, parts);
        this.template = new TemplateCheck(issuer, settings.template());
    }

    @Override
    public void prepare(EnrollmentRequest request) throws LifecycleException {
        Optional<SoapAnswer> policies = services.policies();
        if (policies.isPresent()) {
            template.requireFits(policiesIn(policies.get()), request);
        }
    }

    @Override
    public Disposition ask(EnrollmentRequest request, Receipt receipt) throws LifecycleException {
        Optional<byte[]> renewal = settings.renewal() == CesSettings.Renewal.SIGNED
                ? new RenewalRequest(issuer, parts.sealer(), parts.random())
                        .findFor(request, parts.clock().instant())
                : Optional.empty();
        SoapAnswer answer = renewal.isPresent()
                ? services.issue(Soap.PKCS7, renewal.get())
                : services.issue(Soap.PKCS10, request.csr().der());
        try {
            return dispositionIn(answer, receipt);
        } catch (NotTakenException refused) {
            throw refused;
        } catch (LifecycleException failed) {
            throw AnswerLostException.after(failed);
        }
    }

    @Override
    public Disposition collect(EnrollmentRequest request, RequestId number) throws LifecycleException {
        if (!TokenAnswer.isNumber(number.value())) {
            throw unknown(number.value());
        }
        SoapAnswer answer = services.query(number.value());
        if (answer.fault()
                .flatMap(SoapFault::errorCode)
                .filter(Denials::isUnknownRequest)
                .isPresent()) {
            throw unknown(number.value());
        }
        return dispositionIn(answer, kept -> {});
    }

    private Disposition dispositionIn(SoapAnswer answer, Receipt receipt) throws LifecycleException {
        Optional<SoapFault> fault = answer.fault();
        Optional<String> number = fault.isPresent() ? fault.get().number() : TokenAnswer.numberIn(answer);
        if (number.isPresent()) {
            receipt.keep(new RequestId(number.get()));
        }
        if (fault.isPresent()) {
            return refused(fault.get());
        }
        TokenAnswer told = TokenAnswer.in(answer);
        return told.isIssued()
                ? new Disposition.Given(told.certificates())
                : new Disposition.UnderSubmission(told.words());
    }

    /** A code of the CA is its no; a fault without one is about the message or the account. */
    private Disposition refused(SoapFault fault) throws LifecycleException {
        Optional<Integer> code = fault.errorCode();
        if (code.isEmpty()) {
            throw withoutCode(fault);
        }
        String sentence = "issuer " + issuer + ": the service "
                + (Denials.isOutOfReach(code.get()) ? "does not reach the CA behind it" : "turns the account away")
                + ": "
                + wordsOf(fault) + Denials.explanationOf(code.get());
        if (Denials.isNeverAsked(code.get())) {
            throw new NotTakenException(FailureKind.UNREACHABLE, "CA_UNREACHABLE", sentence);
        }
        if (Denials.isOutOfReach(code.get())) {
            throw new LifecycleException(FailureKind.UNREACHABLE, "CA_UNREACHABLE", sentence);
        }
        if (Denials.isAccessDenied(code.get())) {
            throw new NotTakenException(FailureKind.UNAUTHORIZED, "CA_CREDENTIALS_REFUSED", sentence);
        }
        return new Disposition.Refused(fault.reason(), code);
    }

    private LifecycleException withoutCode(SoapFault fault) {
        String told = "issuer " + issuer + ": the service refuses the message: " + wordsOf(fault);
        if (fault.isOfIdentity()) {
            return new NotTakenException(
                    FailureKind.UNAUTHORIZED,
                    "CA_CREDENTIALS_REFUSED",
                    told + "; correct authentication, user and password in the settings");
        }
        return fault.blamesSender()
                ? new NotTakenException(
                        FailureKind.REFUSED, "CA_REFUSED", told + "; check url and template, and the service's own log")
                : new LifecycleException(
                        FailureKind.UNREACHABLE, "CA_REFUSED", told + "; look at the service's own log");
    }

    private static String wordsOf(SoapFault fault) {
        return '"'
                + Printable.escape(fault.reason().replaceAll("\\s+", " "), LONGEST_REASON)
                + '"'
                + (fault.subcode().isEmpty() ? "" : " (" + Printable.escape(fault.subcode(), 60) + ")");
    }

    /** The CA certainly took no request of ours. */
    private static final class NotTakenException extends LifecycleException {
        private static final long serialVersionUID = 1L;

        NotTakenException(FailureKind kind, String code, String sentence) {
            super(kind, code, sentence);
        }
    }

    /** Both services, as far as they can be tried without asking for anything; what was found. */
    String test() throws LifecycleException {
        String told = "whether the account may enroll for " + settings.template()
                + " shows only when a certificate is asked for, or with policy-url";
        Optional<SoapAnswer> policies = services.policies();
        if (policies.isPresent()) {
            told = template.requireUsable(policiesIn(policies.get()));
        }
        SoapAnswer answer = services.query(NO_NUMBER);
        Optional<SoapFault> fault = answer.fault();
        if (fault.isEmpty()) {
            throw answer.malformed("one about request 0, which no CA has");
        }
        if (fault.get().isOfIdentity() || fault.get().errorCode().isPresent()) {
            refused(fault.get());
        }
        return told
                + ServerClock.appended(
                        ServerClock.skewIn(answer.headers(), parts.clock().instant()));
    }

    private PolicyAnswer policiesIn(SoapAnswer answer) throws LifecycleException {
        Optional<SoapFault> fault = answer.fault();
        if (fault.isPresent()) {
            throw withoutCode(fault.get());
        }
        return PolicyAnswer.in(answer);
    }

    private LifecycleException unknown(String number) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "REQUEST_UNKNOWN",
                "issuer " + issuer + ": the CA has no request " + Printable.quote(number)
                        + "; look there for what became of it, then renew with --force");
    }
}
