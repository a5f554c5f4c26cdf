package io.certwright.crypto;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.failure.LifecycleException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** A PKCS#10 request for a key that is elsewhere: what is to be signed goes there, and the signature comes back. */
public final class RemoteCsr {
    private RemoteCsr() {}

    /** Signs where the key is, with SHA-256: RSA by PKCS#1 v1.5, EC as a DER sequence of two numbers. */
    @FunctionalInterface
    public interface Signer {
        byte[] sign(byte[] content) throws LifecycleException;
    }

    /** The request; what the signature is worth {@link CsrReader#faultOf} says. */
    public static CertificateSigningRequest of(SubjectAlternativeNames names, PublicKey key, Signer signer)
            throws LifecycleException {
        Elsewhere elsewhere = new Elsewhere(
                new DefaultSignatureAlgorithmIdentifierFinder()
                        .find(key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA"),
                signer);
        try {
            return CsrBuilder.build(names, key, elsewhere);
        } catch (Unsigned unsigned) {
            throw unsigned.why;
        }
    }

    /** An ECDSA signature of two numbers of one length side by side (IEEE P1363) as the DER sequence that certificates hold. */
    public static byte[] derOf(byte[] sideBySide) {
        int half = sideBySide.length / 2;
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(new BigInteger(1, sideBySide, 0, half)));
        numbers.add(new ASN1Integer(new BigInteger(1, sideBySide, half, half)));
        try {
            return new DERSequence(numbers).getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw new IllegalStateException("two numbers cannot be encoded", impossible);
        }
    }

    /** The library's signers throw nothing checked. */
    private static final class Unsigned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient LifecycleException why;

        Unsigned(LifecycleException why) {
            super(why);
            this.why = why;
        }
    }

    private static final class Elsewhere implements ContentSigner {
        private final AlgorithmIdentifier algorithm;
        private final Signer signer;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Elsewhere(AlgorithmIdentifier algorithm, Signer signer) {
            this.algorithm = algorithm;
            this.signer = signer;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            try {
                return signer.sign(content.toByteArray());
            } catch (LifecycleException refused) {
                throw new Unsigned(refused);
            }
        }
    }
}
