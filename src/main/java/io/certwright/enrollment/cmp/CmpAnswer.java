package io.certwright.enrollment.cmp;

import io.certwright.crypto.CertificateFiles;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cmp.CMPCertificate;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIHeader;
import org.bouncycastle.cert.cmp.GeneralPKIMessage;
import org.bouncycastle.cert.cmp.ProtectedPKIMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message of the server, proven to be its answer to one of ours.
 *
 * @param reply what it says
 * @param nonce of the server, which our next message repeats; empty where it gave none
 * @param confirmed whether the CA does without our confirmation (RFC 9810, 5.1.1.1)
 * @param extra the certificates beside the body
 * @param proven false only for an error that nothing protects
 * @param time of the server's clock, where it says so
 */
record CmpAnswer(
        CmpReply reply,
        byte[] nonce,
        boolean confirmed,
        List<X509Certificate> extra,
        boolean proven,
        Optional<Instant> time) {
    private static final int MOST_CERTIFICATES = 20;
    private static final int LONGEST_NONCE = 128;

    CmpAnswer {
        nonce = nonce.clone();
        extra = List.copyOf(extra);
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    /** Throws IOException, GeneralSecurityException or a RuntimeException where it is no answer to the message with that nonce. */
    static CmpAnswer read(byte[] der, byte[] transaction, byte[] nonce, CmpTrust trust)
            throws IOException, GeneralSecurityException {
        GeneralPKIMessage message = new GeneralPKIMessage(der);
        PKIHeader header = message.getHeader();
        require(isSame(transaction, header.getTransactionID()), "it belongs to another transaction");
        require(isSame(nonce, header.getRecipNonce()), "it repeats another nonce than that of our message");
        byte[] next = octetsOf(header.getSenderNonce());
        require(next.length <= LONGEST_NONCE, "it has a nonce of " + next.length + " bytes");
        List<X509Certificate> extra = certificatesIn(message.toASN1Structure().getExtraCerts());
        return new CmpAnswer(
                CmpReply.in(message.getBody()),
                next,
                isConfirmed(header),
                extra,
                isProven(message, extra, trust),
                timeIn(header));
    }

    /** What is no time was not said. */
    private static Optional<Instant> timeIn(PKIHeader header) {
        try {
            return header.getMessageTime() == null
                    ? Optional.empty()
                    : Optional.of(header.getMessageTime().getDate().toInstant());
        } catch (ParseException noTime) {
            return Optional.empty();
        }
    }

    /** Whoever does not know our secret cannot protect the error that says so. */
    private static boolean isProven(GeneralPKIMessage message, List<X509Certificate> extra, CmpTrust trust)
            throws IOException, GeneralSecurityException {
        boolean error = message.getBody().getType() == PKIBody.TYPE_ERROR;
        try {
            require(message.hasProtection() && message.getHeader().getProtectionAlg() != null, "nothing protects it");
            trust.requireProtected(new ProtectedPKIMessage(message), extra);
            return true;
        } catch (IOException unproven) {
            if (error) {
                return false;
            }
            throw unproven;
        }
    }

    private static boolean isConfirmed(PKIHeader header) {
        return header.getGeneralInfo() != null
                && Stream.of(header.getGeneralInfo())
                        .anyMatch(info -> info.getInfoType().equals(CMPObjectIdentifiers.it_implicitConfirm));
    }

    /** Of {@code extraCerts} or {@code caPubs}; attribute certificates are no concern of ours. */
    static List<X509Certificate> certificatesIn(CMPCertificate @Nullable [] given) throws IOException {
        if (given == null) {
            return List.of();
        }
        require(given.length <= MOST_CERTIFICATES, "it brings " + given.length + " certificates");
        List<X509Certificate> certificates = new ArrayList<>();
        for (CMPCertificate one : given) {
            if (one.isX509v3PKCert()) {
                certificates.add(certificateIn(one));
            }
        }
        return certificates;
    }

    static X509Certificate certificateIn(CMPCertificate given) throws IOException {
        require(given.isX509v3PKCert(), "it is no certificate of X.509");
        try {
            byte[] der = given.getX509v3PKCert().getEncoded();
            return CertificateFiles.parse("certificate", der).certificates().get(0);
        } catch (LifecycleException unreadable) {
            throw new IOException("it holds a certificate that does not parse", unreadable);
        }
    }

    private static boolean isSame(byte[] wanted, @Nullable ASN1OctetString got) {
        return Arrays.equals(wanted, octetsOf(got));
    }

    private static byte[] octetsOf(@Nullable ASN1OctetString octets) {
        return octets == null ? new byte[0] : octets.getOctets();
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
