package io.certwright.crypto;

import static io.certwright.crypto.CertificateFiles.refused;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.CertificateFile.Format;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * Writes PKCS#12 files (RFC 7292): the key and its certificate share a localKeyID and a friendly name, as Windows wants it. Not
 * by way of a key store, whose defaults are weak (RC2) or slow. Passwords should be ASCII: nothing else is read alike everywhere.
 */
public final class Pkcs12Codec {
    private final SecureRandom random;

    public Pkcs12Codec(SecureRandom random) {
        this.random = random;
    }

    /** How the file is encrypted. */
    public enum Encryption {
        /** AES-256 with PBKDF2 (HMAC-SHA-256, 10,000 rounds): Windows Server 2019, Windows 10 1709 and newer. */
        AES_256,
        /** Triple DES with SHA-1, 2,048 rounds: for Windows Server 2016 and older, which read nothing better. */
        TRIPLE_DES
    }

    public byte[] write(
            CertificateChain chain, PrivateKey key, String friendlyName, SecretBytes password, Encryption encryption) {
        char[] opened = password.toChars();
        try {
            PKCS12PfxPduBuilder file = new PKCS12PfxPduBuilder();
            file.addEncryptedData(
                    encryptor(encryption, opened),
                    certificateBags(chain, friendlyName).toArray(PKCS12SafeBag[]::new));
            file.addData(named(
                            new PKCS12SafeBagBuilder(
                                    PrivateKeyInfo.getInstance(key.getEncoded()), encryptor(encryption, opened)),
                            chain.leaf(),
                            friendlyName)
                    .build());
            return file.build(mac(encryption), opened).getEncoded("DER");
        } catch (IOException | PKCSException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException("PKCS#12 of a parsed certificate cannot be written", impossible);
        } finally {
            Arrays.fill(opened, '\0');
        }
    }

    /** Throws {@code WRONG_PASSWORD} or {@code MALFORMED}; {@code what} begins the message. */
    public static CertificateFile read(String what, byte[] pfx, SecretBytes password) throws LifecycleException {
        Pkcs12Content content = Pkcs12Content.open(what, pfx, password);
        if (content.certificates().isEmpty()) {
            throw refused("NOT_A_CERTIFICATE", what + ": it is PKCS#12 without a certificate in it");
        }
        Optional<PrivateKey> key = content.keys().stream().findFirst();
        return new CertificateFile(Format.PKCS12, leafFirst(content.certificates(), key), key);
    }

    /** A PFX orders nothing: the certificate that the key belongs to goes first. */
    private static List<X509Certificate> leafFirst(List<X509Certificate> certificates, Optional<PrivateKey> key) {
        List<X509Certificate> ordered = new ArrayList<>(certificates);
        key.flatMap(found -> certificates.stream()
                        .filter(certificate -> Keys.belongTogether(found, certificate.getPublicKey()))
                        .findFirst())
                .ifPresent(leaf -> {
                    ordered.remove(leaf);
                    ordered.add(0, leaf);
                });
        return ordered;
    }

    private static List<PKCS12SafeBag> certificateBags(CertificateChain chain, String friendlyName)
            throws IOException, GeneralSecurityException {
        List<PKCS12SafeBag> bags = new ArrayList<>();
        bags.add(named(new JcaPKCS12SafeBagBuilder(chain.leaf()), chain.leaf(), friendlyName)
                .build());
        for (X509Certificate intermediate : chain.intermediates()) {
            bags.add(new JcaPKCS12SafeBagBuilder(intermediate).build());
        }
        return bags;
    }

    private static PKCS12SafeBagBuilder named(PKCS12SafeBagBuilder bag, X509Certificate leaf, String friendlyName)
            throws GeneralSecurityException {
        SubjectKeyIdentifier id = new JcaX509ExtensionUtils().createSubjectKeyIdentifier(leaf.getPublicKey());
        return bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(friendlyName))
                .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, id);
    }

    private OutputEncryptor encryptor(Encryption encryption, char[] password) throws OperatorCreationException {
        JcePKCSPBEOutputEncryptorBuilder builder = switch (encryption) {
            case AES_256 ->
                new JcePKCSPBEOutputEncryptorBuilder(
                        new PBKDF2Config.Builder()
                                .withPRF(PBKDF2Config.PRF_SHA256)
                                .withIterationCount(10_000)
                                .withSaltLength(16)
                                .build(),
                        NISTObjectIdentifiers.id_aes256_CBC);
            case TRIPLE_DES ->
                new JcePKCSPBEOutputEncryptorBuilder(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC)
                        .setIterationCount(2_048);
        };
        return builder.setProvider(BouncyCastle.provider()).setRandom(random).build(password);
    }

    private static PKCS12MacCalculatorBuilder mac(Encryption encryption) {
        return switch (encryption) {
            case AES_256 ->
                new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                        .setProvider(BouncyCastle.provider())
                        .setIterationCount(10_000);
            case TRIPLE_DES ->
                new JcePKCS12MacCalculatorBuilder()
                        .setProvider(BouncyCastle.provider())
                        .setIterationCount(2_048);
        };
    }
}
