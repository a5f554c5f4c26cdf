package io.certwright.enrollment.est;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * What an EST server wishes to see in a CSR (RFC 7030, 4.5.2; RFC 8951, 3.4). Only a key of another kind makes asking pointless; the
 * rest is told, for servers say more than they insist on.
 */
final class CsrWishes {
    private static final int MOST = 100;
    private static final int MOST_SHOWN = 8;
    private static final int LONGEST_NAME = 80;
    private static final DefaultAlgorithmNameFinder NAMES = new DefaultAlgorithmNameFinder();

    private final List<KeyWish> keys = new ArrayList<>();
    private final Set<ASN1ObjectIdentifier> signatures = new LinkedHashSet<>();
    private final Set<ASN1ObjectIdentifier> extensions = new LinkedHashSet<>();
    private final Set<ASN1ObjectIdentifier> attributes = new LinkedHashSet<>();

    private CsrWishes() {}

    static CsrWishes none() {
        return new CsrWishes();
    }

    /** Throws IOException where it is no CsrAttrs. */
    static CsrWishes parse(byte[] der) throws IOException {
        CsrWishes wishes = new CsrWishes();
        try {
            ASN1Sequence all = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
            if (all == null || all.size() > MOST) {
                throw new IOException("wanted a sequence of at most " + MOST + " attributes");
            }
            for (ASN1Encodable one : all) {
                wishes.take(one);
            }
            if (wishes.size() > MOST) {
                throw new IOException("wanted at most " + MOST + " wishes");
            }
        } catch (RuntimeException malformed) {
            // The library throws whatever comes at structures that are not as it expects, also ClassCastException.
            throw new IOException(malformed.getMessage(), malformed);
        }
        return wishes;
    }

    private void take(ASN1Encodable one) {
        if (one instanceof ASN1ObjectIdentifier type) {
            take(type);
            return;
        }
        Attribute attribute = Attribute.getInstance(one);
        ASN1ObjectIdentifier type = attribute.getAttrType();
        if (type.equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
            attribute.getAttrValues().forEach(this::takeExtensions);
        } else if (KeyWish.isAbout(type) && attribute.getAttrValues().size() > 0) {
            attribute.getAttrValues().forEach(value -> keys.add(KeyWish.of(type, value)));
        } else {
            take(type);
        }
    }

    private void take(ASN1ObjectIdentifier type) {
        if (KeyWish.isAbout(type)) {
            keys.add(KeyWish.ofAnyKind(type));
        } else if (NAMES.hasAlgorithmName(type) && NAMES.getAlgorithmName(type).contains("WITH")) {
            signatures.add(type);
        } else if (!type.equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
            attributes.add(type);
        }
    }

    /** Old servers name an extension, newer ones write it out. */
    private void takeExtensions(ASN1Encodable value) {
        if (value instanceof ASN1Sequence written) {
            written.forEach(each -> takeExtension(
                    each instanceof ASN1Sequence extension && extension.size() > 0 ? extension.getObjectAt(0) : each));
        } else {
            takeExtension(value);
        }
    }

    private void takeExtension(ASN1Encodable name) {
        if (name instanceof ASN1ObjectIdentifier type) {
            extensions.add(type);
        }
    }

    private int size() {
        return keys.size() + signatures.size() + extensions.size() + attributes.size();
    }

    boolean areNone() {
        return size() == 0;
    }

    /** The kinds of key of which one is wanted, as people call them; empty where that of the CSR is one of them. */
    String keyMissingIn(CertificateSigningRequest csr) {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(csr.publicKey());
        return keys.stream().anyMatch(wish -> wish.isMetBy(key)) ? "" : keyWords();
    }

    private String keyWords() {
        return String.join(
                " or ",
                shortened(keys.stream().map(KeyWish::toString).distinct().toList()));
    }

    /** Everything else that a CSR of ours lacks, as people call it. */
    List<String> missingIn(CertificateSigningRequest request) {
        PKCS10CertificationRequest csr = opened(request);
        Extensions own = csr.getRequestedExtensions();
        List<String> missing = new ArrayList<>();
        if (!signatures.isEmpty()
                && !signatures.contains(csr.getSignatureAlgorithm().getAlgorithm())) {
            missing.add(signatureWords());
        }
        extensions.stream()
                .filter(type -> own == null || own.getExtension(type) == null)
                .forEach(type -> missing.add("the extension " + nameOf(type)));
        attributes.stream()
                .filter(type -> csr.getAttributes(type).length == 0)
                .forEach(type -> missing.add(attributeWords(type)));
        return shortened(missing);
    }

    private static PKCS10CertificationRequest opened(CertificateSigningRequest request) {
        try {
            return new PKCS10CertificationRequest(request.der());
        } catch (IOException impossible) {
            throw new IllegalStateException(request + " is none", impossible);
        }
    }

    private String signatureWords() {
        return "a signature by "
                + String.join(
                        " or ",
                        shortened(signatures.stream()
                                .map(NAMES::getAlgorithmName)
                                .distinct()
                                .toList()));
    }

    /** RFC 7030, 3.5: the challenge password ties the CSR to the TLS session, whose number Java does not tell and TLS 1.3 does not have. */
    private static String attributeWords(ASN1ObjectIdentifier type) {
        return type.equals(PKCSObjectIdentifiers.pkcs_9_at_challengePassword)
                ? "a tie to the TLS session (challengePassword with tls-unique), which cannot be made here"
                : "the attribute " + nameOf(type);
    }

    /** An object identifier may have thousands of digits. */
    static String nameOf(ASN1ObjectIdentifier type) {
        return Printable.escape(type.getId(), LONGEST_NAME);
    }

    /** A sentence has room for some. */
    private static List<String> shortened(List<String> all) {
        if (all.size() <= MOST_SHOWN) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MOST_SHOWN));
        some.add((all.size() - MOST_SHOWN) + " more");
        return some;
    }

    /** For people; what a CSR has anyhow is among them. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        if (!keys.isEmpty()) {
            all.add("a key of " + keyWords());
        }
        if (!signatures.isEmpty()) {
            all.add(signatureWords());
        }
        extensions.forEach(type -> all.add("the extension " + nameOf(type)));
        attributes.forEach(type -> all.add(attributeWords(type)));
        return String.join(", ", shortened(all));
    }
}
