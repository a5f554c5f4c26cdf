package io.certwright.enrollment.adcs.ces;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a service did not do what was asked.
 *
 * @param blamesSender whether our message is said to be at fault, and not the service
 * @param subcode the local name of the innermost code; empty where there is none
 * @param reason in the words of the service
 * @param errorCode the CA's HRESULT, from the detail of MS-WSTEP
 * @param number of the request that the CA turned down
 */
record SoapFault(
        boolean blamesSender, String subcode, String reason, Optional<Integer> errorCode, Optional<String> number) {
    /** WS-Security, 12: whoever sent it is not who they say, or may not do this. */
    private static final Set<String> OF_IDENTITY = Set.of(
            "FailedAuthentication",
            "InvalidSecurity",
            "InvalidSecurityToken",
            "FailedCheck",
            "SecurityTokenUnavailable");

    private static final int DEEPEST_CODE = 5;

    static SoapFault in(XmlElement fault) {
        Optional<XmlElement> code = fault.find(Soap.ENVELOPE, "Code");
        Optional<XmlElement> detail = fault.find(Soap.ENVELOPE, "Detail")
                .flatMap(found -> found.find(Soap.ENROLLMENT, "CertificateEnrollmentWSDetail"));
        return new SoapFault(
                code.map(SoapFault::valueOf).orElse("").equals("Sender"),
                code.map(SoapFault::innermost).orElse(""),
                fault.find(Soap.ENVELOPE, List.of("Reason"))
                        .flatMap(reason -> reason.textOf(Soap.ENVELOPE, "Text"))
                        .orElse("it gave no reason"),
                detail.flatMap(found -> found.textOf(Soap.ENROLLMENT, "ErrorCode"))
                        .flatMap(SoapFault::hresult)
                        .filter(found -> found != 0),
                detail.flatMap(found -> found.textOf(Soap.ENROLLMENT, "RequestID"))
                        .filter(TokenAnswer::isNumber)
                        .filter(found -> !found.equals("0")));
    }

    /** Without its prefix. */
    private static String valueOf(XmlElement code) {
        String value = code.textOf(Soap.ENVELOPE, "Value").orElse("");
        return value.substring(value.indexOf(':') + 1);
    }

    private static String innermost(XmlElement code) {
        String found = "";
        Optional<XmlElement> next = code.find(Soap.ENVELOPE, "Subcode");
        for (int depth = 0; depth < DEEPEST_CODE && next.isPresent(); depth++) {
            found = valueOf(next.get());
            next = next.get().find(Soap.ENVELOPE, "Subcode");
        }
        return found;
    }

    /** Signed decimal, as the schema has it. */
    private static Optional<Integer> hresult(String text) {
        if (!text.matches("-?[0-9]{1,10}")) {
            return Optional.empty();
        }
        return Optional.of((int) Long.parseLong(text));
    }

    boolean isOfIdentity() {
        return OF_IDENTITY.contains(subcode);
    }
}
