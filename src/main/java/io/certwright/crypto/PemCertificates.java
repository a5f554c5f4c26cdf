package io.certwright.crypto;

import static io.certwright.crypto.CertificateFiles.refused;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFile.Format;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The certificates and the key of one PEM text. */
record PemCertificates(String what, SecretBytes password) {
    CertificateFile read(String text) throws LifecycleException {
        List<PemBlock> blocks = blocksOf(text);
        List<X509Certificate> certificates = new ArrayList<>();
        Optional<PrivateKey> key = Optional.empty();
        Format format = Format.PEM;
        for (PemBlock block : blocks) {
            switch (block.label()) {
                // AD CS's web pages put a PKCS#7 under BEGIN CERTIFICATE, so the content decides here too.
                case "CERTIFICATE", "X509 CERTIFICATE", "PKCS7", "CMS" -> {
                    CertificateFile part = new DerCertificates(what, password).read(block.der(), Format.PEM);
                    certificates.addAll(part.certificates());
                    format = part.format() == Format.PKCS7 ? Format.PKCS7 : format;
                }
                case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    key = key.isPresent() ? key : Optional.of(keyOf(block));
                }
                default -> {
                    // Requests, parameters, encrypted keys and trust settings say nothing about the certificate.
                }
            }
        }
        if (certificates.isEmpty()) {
            throw refused("NOT_A_CERTIFICATE", what + ": it has no certificate, only " + labelsOf(blocks));
        }
        return new CertificateFile(format, certificates, key);
    }

    private List<PemBlock> blocksOf(String text) throws LifecycleException {
        try {
            return PemBlock.allOf(text);
        } catch (IllegalArgumentException broken) {
            throw refused("MALFORMED", what + ": " + broken.getMessage() + "; get the file once more");
        }
    }

    private static String labelsOf(List<PemBlock> blocks) {
        return blocks.stream()
                .map(block -> Printable.quote(block.label()))
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", "));
    }

    private PrivateKey keyOf(PemBlock block) throws LifecycleException {
        try {
            return Keys.privateKey(pkcs8Of(block));
        } catch (GeneralSecurityException | IOException | RuntimeException malformed) {
            throw refused("MALFORMED", what + ": what stands under BEGIN " + block.label() + " is not a usable key");
        }
    }

    private static byte[] pkcs8Of(PemBlock block) throws IOException {
        return switch (block.label()) {
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                                RSAPrivateKey.getInstance(block.der()))
                        .getEncoded();
            case "EC PRIVATE KEY" -> {
                ECPrivateKey key = ECPrivateKey.getInstance(block.der());
                yield new PrivateKeyInfo(
                                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                                key)
                        .getEncoded();
            }
            default -> block.der();
        };
    }
}
