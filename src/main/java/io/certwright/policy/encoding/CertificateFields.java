package io.certwright.policy.encoding;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a certificate as they stand in its encoding (RFC 5280, 4.1).
 *
 * @param version 1, 2 or 3
 * @param serialOctets how many octets the serial number takes in its encoding
 * @param outerAlgorithm the AlgorithmIdentifier beside the signature, in DER; {@code innerAlgorithm} is the one that is signed
 * @param hasUniqueIds whether there is an issuerUniqueID or a subjectUniqueID
 * @param extensions in their order, repeated ones too
 */
public record CertificateFields(
        int version,
        BigInteger serial,
        int serialOctets,
        byte[] innerAlgorithm,
        byte[] outerAlgorithm,
        List<byte[]> issuer,
        List<byte[]> subject,
        Date notBefore,
        Date notAfter,
        boolean hasUniqueIds,
        List<RawExtension> extensions) {
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final int FIRST_OF_NAMES = 2;

    /** A date as it is written: UTCTime or GeneralizedTime, and its characters. */
    public record Date(boolean isUtcTime, String text) {
        private static Date of(Der time) {
            return new Date(time.tag() == Der.UTC_TIME, time.latin());
        }
    }

    public CertificateFields {
        extensions = List.copyOf(extensions);
        issuer = List.copyOf(issuer);
        subject = List.copyOf(subject);
    }

    public static CertificateFields of(X509Certificate certificate) throws BrokenEncoding {
        try {
            return of(certificate.getEncoded());
        } catch (CertificateEncodingException none) {
            throw new BrokenEncoding("a certificate without an encoding", none);
        }
    }

    /** Of octets that no library may want to read. */
    public static CertificateFields of(byte[] der) throws BrokenEncoding {
        try {
            return read(der);
        } catch (IndexOutOfBoundsException incomplete) {
            throw new BrokenEncoding("a certificate without all its fields", incomplete);
        }
    }

    private static CertificateFields read(byte[] der) throws BrokenEncoding {
        List<Der> outer = Der.parse(der).sequence();
        List<Der> signed = outer.get(0).sequence();
        boolean stated = signed.get(0).tag() == VERSION;
        List<Der> fields = stated ? signed.subList(1, signed.size()) : signed;
        List<Der> dates = fields.get(FIRST_OF_NAMES + 1).sequence();
        List<Der> optional = fields.subList(FIRST_OF_NAMES + 4, fields.size());
        return new CertificateFields(
                stated ? Der.parse(signed.get(0).contents()).integer().intValue() + 1 : 1,
                fields.get(0).integer(),
                fields.get(0).contents().length,
                fields.get(1).encoded(),
                outer.get(1).encoded(),
                rdnsOf(fields.get(FIRST_OF_NAMES)),
                rdnsOf(fields.get(FIRST_OF_NAMES + 2)),
                Date.of(dates.get(0)),
                Date.of(dates.get(1)),
                optional.stream().anyMatch(field -> field.tag() != EXTENSIONS),
                extensionsAmong(optional));
    }

    private static List<byte[]> rdnsOf(Der name) throws BrokenEncoding {
        return name.sequence().stream().map(Der::encoded).toList();
    }

    private static List<RawExtension> extensionsAmong(List<Der> optional) throws BrokenEncoding {
        List<RawExtension> all = new ArrayList<>();
        for (Der field : optional) {
            if (field.tag() == EXTENSIONS) {
                for (Der extension : Der.parse(field.contents()).sequenceOfSome()) {
                    all.add(RawExtension.of(extension));
                }
            }
        }
        return all;
    }

    /** The first one of this kind. */
    public Optional<RawExtension> find(String oid) {
        return extensions.stream().filter(one -> one.oid().equals(oid)).findFirst();
    }

    public boolean signatureAlgorithmsAgree() {
        return Arrays.equals(innerAlgorithm, outerAlgorithm);
    }
}
