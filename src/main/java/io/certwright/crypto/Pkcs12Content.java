package io.certwright.crypto;

import static io.certwright.crypto.CertificateFiles.refused;

import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/** What a PKCS#12 file holds once its password opened it. The work it may ask for is limited: a hostile file names its own rounds. */
record Pkcs12Content(List<X509Certificate> certificates, List<PrivateKey> keys) {
    /** In all of a file together; honest ones ask for some thousands, the strictest for 1.2 million. */
    private static final long MOST_ROUNDS = 5_000_000;

    private static final int MOST_BAGS = 1_000;

    static Pkcs12Content open(String what, byte[] pfx, SecretBytes password) throws LifecycleException {
        char[] opened = password.toChars();
        try {
            PKCS12PfxPdu file = new PKCS12PfxPdu(pfx);
            Reading reading = new Reading(what, opened);
            reading.requirePassword(file);
            reading.readAll(file);
            return new Pkcs12Content(reading.certificates, reading.keys);
        } catch (IOException | PKCSException | GeneralSecurityException | RuntimeException malformed) {
            throw refused("MALFORMED", what + ": it is PKCS#12 but does not parse; export it once more");
        } finally {
            Arrays.fill(opened, '\0');
        }
    }

    /** One pass over one file, counting what it costs. */
    private static final class Reading {
        private final String what;
        private final char[] password;
        private final InputDecryptorProvider decryptors;
        private final List<X509Certificate> certificates = new ArrayList<>();
        private final List<PrivateKey> keys = new ArrayList<>();
        private long rounds;

        Reading(String what, char[] password) {
            this.what = what;
            this.password = password;
            this.decryptors = new JcePKCSPBEInputDecryptorProviderBuilder()
                    .setProvider(BouncyCastle.provider())
                    .build(password);
        }

        void requirePassword(PKCS12PfxPdu file) throws PKCSException, LifecycleException {
            if (!file.hasMac()) {
                return;
            }
            spend(file.toASN1Structure().getMacData().getIterationCount());
            if (!file.isMacValid(
                    new JcePKCS12MacCalculatorBuilderProvider().setProvider(BouncyCastle.provider()), password)) {
                throw refused("WRONG_PASSWORD", what + ": the password does not open it");
            }
        }

        void readAll(PKCS12PfxPdu file)
                throws PKCSException, IOException, GeneralSecurityException, LifecycleException {
            for (ContentInfo part : file.getContentInfos()) {
                boolean encrypted = part.getContentType().equals(PKCSObjectIdentifiers.encryptedData);
                if (encrypted) {
                    spendOn(EncryptedData.getInstance(part.getContent()).getEncryptionAlgorithm());
                }
                PKCS12SafeBagFactory bags =
                        encrypted ? new PKCS12SafeBagFactory(part, decryptors) : new PKCS12SafeBagFactory(part);
                for (PKCS12SafeBag bag : bags.getSafeBags()) {
                    read(bag);
                }
            }
        }

        private void read(PKCS12SafeBag bag)
                throws PKCSException, IOException, GeneralSecurityException, LifecycleException {
            if (certificates.size() + keys.size() >= MOST_BAGS) {
                throw refused("MALFORMED", what + ": it has more than " + MOST_BAGS + " entries");
            }
            Object value = bag.getBagValue();
            if (value instanceof X509CertificateHolder certificate) {
                certificates.add(Asn1.certificate(certificate.getEncoded()));
            } else if (value instanceof PrivateKeyInfo key) {
                keys.add(Keys.privateKey(key.getEncoded()));
            } else if (value instanceof PKCS8EncryptedPrivateKeyInfo key) {
                spendOn(key.toASN1Structure().getEncryptionAlgorithm());
                keys.add(Keys.privateKey(key.decryptPrivateKeyInfo(decryptors).getEncoded()));
            }
        }

        private void spendOn(AlgorithmIdentifier algorithm) throws LifecycleException {
            if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
                spend(PKCS12PBEParams.getInstance(algorithm.getParameters()).getIterations());
                return;
            }
            var derivation =
                    PBES2Parameters.getInstance(algorithm.getParameters()).getKeyDerivationFunc();
            if (!derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
                throw refused("MALFORMED", what + ": its key derivation is not PBKDF2; export it once more");
            }
            spend(PBKDF2Params.getInstance(derivation.getParameters()).getIterationCount());
        }

        private void spend(BigInteger asked) throws LifecycleException {
            rounds = asked.bitLength() > 31 ? Long.MAX_VALUE : rounds + asked.longValue();
            if (rounds > MOST_ROUNDS) {
                throw refused(
                        "MALFORMED", what + ": it asks for more than " + MOST_ROUNDS + " rounds of key derivation");
            }
        }
    }
}
