package io.certwright.enrollment.adcs.ces;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.access.Answer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * A SOAP answer, opened.
 *
 * @param content what its body holds, which may be a fault
 * @param headers with which it came
 */
record SoapAnswer(IssuerName issuer, XmlElement content, HttpHeaders headers) {
    private static final int LONGEST_REASON = 160;

    /** Throws {@code CA_ANSWER_MALFORMED} where it is none, or is the answer to another message. */
    static SoapAnswer open(IssuerName issuer, Answer answer, String messageId) throws LifecycleException {
        if (!answer.mediaType().equals(Soap.MEDIA_TYPE)) {
            throw malformed(
                    issuer, "of type " + Printable.quote(answer.mediaType()) + ", wanted " + Soap.MEDIA_TYPE, null);
        }
        XmlElement envelope = parsed(issuer, answer.body());
        Optional<XmlElement> content = envelope.is(Soap.ENVELOPE, "Envelope")
                ? envelope.find(Soap.ENVELOPE, "Body")
                        .flatMap(body -> body.children().stream().findFirst())
                : Optional.empty();
        boolean another = envelope.find(Soap.ENVELOPE, "Header")
                .flatMap(header -> header.textOf(Soap.ADDRESSING, "RelatesTo"))
                .filter(related -> !related.equals(messageId))
                .isPresent();
        if (another) {
            throw malformed(issuer, "the one to another message than ours", null);
        }
        return new SoapAnswer(
                issuer,
                content.orElseThrow(() -> malformed(issuer, "XML, but no SOAP message with a body", null)),
                answer.headers());
    }

    private static XmlElement parsed(IssuerName issuer, byte[] message) throws LifecycleException {
        try {
            return XmlReading.parse(message);
        } catch (XMLStreamException garbage) {
            String reason =
                    Printable.escape(String.valueOf(garbage.getMessage()).replaceAll("\\s+", " "), LONGEST_REASON);
            throw malformed(issuer, "no XML that is read here (" + reason + ")", garbage);
        }
    }

    Optional<SoapFault> fault() {
        return content.is(Soap.ENVELOPE, "Fault") ? Optional.of(SoapFault.in(content)) : Optional.empty();
    }

    LifecycleException malformed(String what) {
        return malformed(issuer, what, null);
    }

    static LifecycleException malformed(
            IssuerName issuer, String what, @org.jspecify.annotations.Nullable Exception cause) {
        String sentence = "issuer " + issuer + ": the answer of the service is " + what
                + "; check the addresses, and look at the CA for what it issued";
        return cause == null
                ? new LifecycleException(FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", sentence)
                : new LifecycleException(FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", sentence, cause);
    }
}
