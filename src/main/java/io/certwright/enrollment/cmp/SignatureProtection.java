package io.certwright.enrollment.cmp;

import io.certwright.crypto.Signing;
import io.certwright.http.ClientIdentity;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.cmp.CMPException;
import org.bouncycastle.cert.cmp.ProtectedPKIMessage;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** By the key of a certificate, which goes along first, its issuers behind it (RFC 9483, 3.3). */
record SignatureProtection(ClientIdentity identity, SecureRandom random) implements Protection {
    @Override
    public GeneralName sender() {
        return new GeneralName(Names.of(leaf().getSubjectX500Principal()));
    }

    @Override
    public ProtectedPKIMessage protect(ProtectedPKIMessageBuilder message) throws GeneralSecurityException {
        for (X509Certificate certificate : identity.chain()) {
            message.addCMPCertificate(new JcaX509CertificateHolder(certificate));
        }
        Extension identifier = holder().getExtension(Extension.subjectKeyIdentifier);
        if (identifier != null) {
            message.setSenderKID(SubjectKeyIdentifier.getInstance(identifier.getParsedValue())
                    .getKeyIdentifier());
        }
        try {
            return message.build(Signing.signer(identity.key(), leaf().getPublicKey(), random));
        } catch (CMPException impossible) {
            throw new GeneralSecurityException("a message cannot be signed", impossible);
        }
    }

    private X509Certificate leaf() {
        return identity.chain().get(0);
    }

    private X509CertificateHolder holder() throws GeneralSecurityException {
        return new JcaX509CertificateHolder(leaf());
    }
}
