package io.certwright.enrollment.adcs.ces;

import io.certwright.certificate.Printable;
import io.certwright.crypto.Keys;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.TemplateName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Holds a request against the template that it is for, before the CA does. */
record TemplateCheck(IssuerName issuer, TemplateName wanted) {
    private static final int LONGEST_LIST = 400;

    /** Whether the account may ask for it, and whether it would take the names of a request; a clause that says so. */
    String requireUsable(PolicyAnswer policies) throws LifecycleException {
        PolicyAnswer.Template template = policies.find(wanted.value())
                .orElseThrow(() -> refused(
                        FailureKind.REFUSED,
                        "TEMPLATE_UNKNOWN",
                        "the policy service knows no template " + Printable.quote(wanted.value()) + ", it has "
                                + Printable.escape(String.join(", ", policies.names()), LONGEST_LIST)
                                + "; write its internal name, not the one that consoles display, or publish it"));
        if (!template.mayEnroll().orElse(true)) {
            throw refused(
                    FailureKind.UNAUTHORIZED,
                    "TEMPLATE_DENIED",
                    "this account may not enroll for " + wanted + "; grant Read and Enroll on the template");
        }
        if (!template.takesNamesOfRequest()) {
            throw refused(
                    FailureKind.REFUSED,
                    "TEMPLATE_IGNORES_NAMES",
                    "the template " + wanted + " builds names from Active Directory and ignores those of the request;"
                            + " set \"Supply in the request\" on a copy of it, and use that");
        }
        return template.mayEnroll().isPresent()
                ? "the account may enroll for " + wanted
                : "the policy service has " + wanted + " and does not say whether the account may enroll for it";
    }

    void requireFits(PolicyAnswer policies, EnrollmentRequest request) throws LifecycleException {
        var unused = requireUsable(policies);
        int least = policies.find(wanted.value())
                .flatMap(PolicyAnswer.Template::minimalKeyBits)
                .orElse(0);
        PublicKey key = keyOf(request);
        if (Integer.compareUnsigned(bitsOf(key), least) < 0) {
            throw refused(
                    FailureKind.REFUSED,
                    "TEMPLATE_WANTS_LARGER_KEY",
                    "the template " + wanted + " wants keys of " + Integer.toUnsignedString(least)
                            + " bits or more, got " + Keys.describe(key) + "; change key under certificates."
                            + request.certificate());
        }
    }

    private PublicKey keyOf(EnrollmentRequest request) throws LifecycleException {
        try {
            return Keys.publicKey(request.csr().publicKey());
        } catch (GeneralSecurityException unreadable) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "REQUEST_UNREADABLE",
                    "issuer " + issuer + ": the public key of " + request.csr() + " cannot be read",
                    unreadable);
        }
    }

    private static int bitsOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength();
        }
        return key instanceof ECPublicKey curve
                ? curve.getParams().getCurve().getField().getFieldSize()
                : 0;
    }

    private LifecycleException refused(FailureKind kind, String code, String sentence) {
        return new LifecycleException(kind, code, "issuer " + issuer + ": " + sentence);
    }
}
