package io.certwright.enrollment.cmp;

import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.cmp.ProtectedPKIMessage;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;

/** As whom we speak, and how each message shows it (RFC 9810, 5.1.3). */
sealed interface Protection permits MacProtection, SignatureProtection {
    GeneralName sender();

    /** Adds what shows the other side which secret or key it is, and ends the message. */
    ProtectedPKIMessage protect(ProtectedPKIMessageBuilder message) throws GeneralSecurityException;
}
