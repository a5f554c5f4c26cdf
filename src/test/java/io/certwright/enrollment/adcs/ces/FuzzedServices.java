package io.certwright.enrollment.adcs.ces;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.access.Answer;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** What CEP and CES may send, opened for fuzzing. */
public final class FuzzedServices {
    private static final IssuerName NAME = new IssuerName("corp-ca");
    private static final String MESSAGE_ID = "urn:uuid:0";
    private static final int LONGEST = 300;
    private static final HttpHeaders SOAP =
            HttpHeaders.of(Map.of("Content-Type", List.of(Soap.MEDIA_TYPE)), (name, value) -> true);

    private FuzzedServices() {}

    /** Answers of both services to one message, as they are when all is well. */
    public static List<byte[]> answers(byte[] certificate, byte[] pkcs7) {
        String trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
        String policy = "http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy";
        return List.of(
                TestCes.envelope(
                        MESSAGE_ID,
                        "<RequestSecurityTokenResponseCollection xmlns=\"" + trust
                                + "\"><RequestSecurityTokenResponse>" + TestCes.token("#PKCS7", pkcs7)
                                + "<RequestedSecurityToken>"
                                + TestCes.token("#X509v3", certificate)
                                + "</RequestedSecurityToken><RequestID xmlns=\"http://schemas.microsoft.com/windows/pki/2009/01/enrollment\">"
                                + "12</RequestID></RequestSecurityTokenResponse></RequestSecurityTokenResponseCollection>"),
                TestCes.envelope(
                        MESSAGE_ID,
                        "<GetPoliciesResponse xmlns=\"" + policy + "\"><response><policies>"
                                + TestCes.template("WebServer", true, 2048, 1)
                                + "</policies></response></GetPoliciesResponse>"),
                TestCes.fault(
                                MESSAGE_ID,
                                "s:Receiver",
                                "o:Other",
                                "Denied",
                                "<s:Detail><CertificateEnrollmentWSDetail xmlns=\"http://schemas.microsoft.com/windows/pki/2009/01/enrollment\">"
                                        + "<ErrorCode>-2146877422</ErrorCode><RequestID>12</RequestID>"
                                        + "</CertificateEnrollmentWSDetail></s:Detail>")
                        .body());
    }

    /** Reads the input as the answer to each question; the sentences that come of it. */
    public static List<String> read(byte[] input) {
        try {
            SoapAnswer answer = SoapAnswer.open(NAME, new Answer(200, SOAP, input), MESSAGE_ID);
            String fault = answer.fault().map(FuzzedServices::shown).orElse("no fault");
            return List.of(fault, token(answer), policies(answer));
        } catch (LifecycleException refused) {
            return List.of(refused.code() + " " + refused.getMessage());
        }
    }

    private static String shown(SoapFault fault) {
        return "fault " + Printable.escape(fault.reason() + fault.subcode(), LONGEST) + fault.errorCode()
                + fault.number();
    }

    private static String token(SoapAnswer answer) {
        try {
            TokenAnswer told = TokenAnswer.in(answer);
            return "told " + TokenAnswer.numberIn(answer) + Printable.escape(told.words(), LONGEST) + told.isIssued();
        } catch (LifecycleException refused) {
            return refused.code() + " " + refused.getMessage();
        }
    }

    private static String policies(SoapAnswer answer) {
        try {
            return "templates "
                    + Printable.escape(PolicyAnswer.in(answer).names().toString(), LONGEST);
        } catch (LifecycleException refused) {
            return refused.code() + " " + refused.getMessage();
        }
    }
}
