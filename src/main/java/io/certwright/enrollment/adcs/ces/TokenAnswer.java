package io.certwright.enrollment.adcs.ces;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFiles;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a service says of one request (MS-WSTEP 3.1.4.1.3): certificates, or that there are none yet. Which it is, is decided by what is
 * there; the words are localized.
 *
 * @param words of the CA
 * @param certificates the leaf and those around it; none as long as it waits
 */
record TokenAnswer(String words, List<X509Certificate> certificates) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    /** Also the escape of a carriage return that some services escape twice. */
    private static final Pattern IGNORED = Pattern.compile("&#xD;|&#13;|\\s");

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Also where the rest of the answer is of no use. */
    static Optional<String> numberIn(SoapAnswer answer) throws LifecycleException {
        return responseIn(answer).textOf(Soap.ENROLLMENT, "RequestID").filter(TokenAnswer::isNumber);
    }

    private static XmlElement responseIn(SoapAnswer answer) throws LifecycleException {
        XmlElement response = answer.content().is(Soap.TRUST, "RequestSecurityTokenResponseCollection")
                ? answer.content()
                        .find(Soap.TRUST, "RequestSecurityTokenResponse")
                        .orElseThrow(() -> answer.malformed("a collection without a response"))
                : answer.content();
        if (!response.is(Soap.TRUST, "RequestSecurityTokenResponse")) {
            throw answer.malformed(
                    "a message " + Printable.quote(response.name()) + ", wanted the response to a request");
        }
        return response;
    }

    static TokenAnswer in(SoapAnswer answer) throws LifecycleException {
        XmlElement response = responseIn(answer);
        XmlElement requested = response.find(Soap.TRUST, "RequestedSecurityToken")
                .orElseThrow(() -> answer.malformed("a response with neither certificate nor a reference to wait for"));
        Optional<XmlElement> leaf = requested.find(Soap.SECURITY, "BinarySecurityToken");
        if (leaf.isEmpty()
                && requested.find(Soap.SECURITY, "SecurityTokenReference").isEmpty()) {
            throw answer.malformed("a response with neither certificate nor a reference to wait for");
        }
        return new TokenAnswer(
                response.textOf(Soap.ENROLLMENT, "DispositionMessage").orElse("Taken Under Submission"),
                leaf.isPresent() ? certificatesIn(answer, leaf.get(), response) : List.of());
    }

    /** The leaf, and what the CA's whole response has around it. */
    private static List<X509Certificate> certificatesIn(SoapAnswer answer, XmlElement leaf, XmlElement response)
            throws LifecycleException {
        List<X509Certificate> all = new ArrayList<>(certificatesIn(answer, leaf));
        for (XmlElement whole :
                response.all(Soap.SECURITY, "BinarySecurityToken").toList()) {
            all.addAll(certificatesIn(answer, whole));
        }
        return all;
    }

    static List<X509Certificate> certificatesIn(SoapAnswer answer, XmlElement token) throws LifecycleException {
        try {
            byte[] der =
                    Base64.getDecoder().decode(IGNORED.matcher(token.text()).replaceAll(""));
            return CertificateFiles.parse("token", der).certificates();
        } catch (IllegalArgumentException | LifecycleException garbage) {
            throw SoapAnswer.malformed(
                    answer.issuer(),
                    "said to be a certificate and is none ("
                            + Printable.escape(String.valueOf(garbage.getMessage()), 160) + ")",
                    garbage);
        }
    }

    boolean isIssued() {
        return !certificates.isEmpty();
    }
}
