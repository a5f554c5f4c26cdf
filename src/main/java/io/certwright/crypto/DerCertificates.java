package io.certwright.crypto;

import static io.certwright.crypto.CertificateFiles.refused;

import io.certwright.crypto.CertificateFile.Format;
import io.certwright.failure.LifecycleException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/** The certificates of one binary encoding: a certificate, a PKCS#7 or a PKCS#12. */
record DerCertificates(String what, SecretBytes password) {
    /** {@code plain} is the format to report where it is a bare certificate. */
    CertificateFile read(byte[] der, Format plain) throws LifecycleException {
        ASN1Sequence sequence = sequenceOf(der);
        ASN1Encodable first = sequence.size() == 0 ? sequence : sequence.getObjectAt(0);
        if (first instanceof ASN1ObjectIdentifier type) {
            return pkcs7(der, type);
        }
        if (first instanceof ASN1Integer version) {
            if (version.hasValue(3)) {
                return Pkcs12Codec.read(what, der, password);
            }
            throw refused("NOT_A_CERTIFICATE", what + ": it is a private key, no certificate");
        }
        return new CertificateFile(plain, List.of(certificateOf(der, sequence)), Optional.empty());
    }

    private ASN1Sequence sequenceOf(byte[] der) throws LifecycleException {
        Optional<ASN1Primitive> value = Asn1.only(der);
        if (value.isPresent() && value.get() instanceof ASN1Sequence sequence) {
            return sequence;
        }
        long announced = announcedLength(der);
        if (announced > der.length) {
            throw refused(
                    "MALFORMED",
                    what + ": it is cut short, got " + der.length + " bytes of " + announced
                            + "; get the file once more");
        }
        if (announced > 0 && announced < der.length) {
            throw refused(
                    "MALFORMED",
                    what + ": " + (der.length - announced)
                            + " bytes follow the end of the certificate; get the file once more");
        }
        throw refused("MALFORMED", what + ": it begins like a certificate but does not parse; get the file once more");
    }

    /** What the outermost header promises, header included; 0 where it promises nothing usable. */
    private static long announcedLength(byte[] der) {
        if (der.length < 2 || der[0] != 0x30) {
            return 0;
        }
        int first = der[1] & 0xFF;
        if (first < 0x80) {
            return 2L + first;
        }
        int octets = first & 0x7F;
        if (octets == 0 || octets > 4 || der.length < 2 + octets) {
            return 0;
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (der[2 + i] & 0xFF);
        }
        return 2L + octets + length;
    }

    private X509Certificate certificateOf(byte[] der, ASN1Sequence sequence) throws LifecycleException {
        try {
            return Asn1.certificate(der);
        } catch (CertificateException malformed) {
            if (parses(() -> CertificationRequest.getInstance(sequence).getCertificationRequestInfo())) {
                throw refused("NOT_A_CERTIFICATE", what + ": it is a certificate request, no certificate");
            }
            if (parses(() -> CertificateList.getInstance(sequence).getTBSCertList())) {
                throw refused("NOT_A_CERTIFICATE", what + ": it is a revocation list, no certificate");
            }
            throw refused(
                    "MALFORMED", what + ": it begins like a certificate but does not parse; get the file once more");
        }
    }

    private static boolean parses(Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (RuntimeException other) {
            return false;
        }
    }

    private CertificateFile pkcs7(byte[] der, ASN1ObjectIdentifier type) throws LifecycleException {
        if (!type.equals(PKCSObjectIdentifiers.signedData)) {
            throw refused(
                    "NOT_A_CERTIFICATE", what + ": it is PKCS#7 without certificates; wanted a .p7b of certificates");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (X509CertificateHolder holder :
                    new CMSSignedData(der).getCertificates().getMatches(null)) {
                certificates.add(Asn1.certificate(holder.getEncoded()));
            }
        } catch (CMSException | CertificateException | java.io.IOException | RuntimeException malformed) {
            throw refused("MALFORMED", what + ": it is PKCS#7 but does not parse; get the file once more");
        }
        if (certificates.isEmpty()) {
            throw refused("NOT_A_CERTIFICATE", what + ": it is PKCS#7 without a certificate in it");
        }
        return new CertificateFile(Format.PKCS7, certificates, Optional.empty());
    }
}
