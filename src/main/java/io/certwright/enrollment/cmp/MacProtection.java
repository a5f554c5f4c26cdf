package io.certwright.enrollment.cmp;

import io.certwright.crypto.BouncyCastle;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cmp.PBMParameter;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.cmp.CMPException;
import org.bouncycastle.cert.cmp.ProtectedPKIMessage;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;
import org.bouncycastle.cert.crmf.CRMFException;
import org.bouncycastle.cert.crmf.PKMACBuilder;
import org.bouncycastle.cert.crmf.jcajce.JcePKMACValuesCalculator;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcePBMac1CalculatorBuilder;

/** By a secret that both sides know. The sender's name repeats its reference (RFC 9483, 3.1). */
record MacProtection(SharedSecret secret, SecureRandom random) implements Protection {
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;
    /** As many as servers in use take at most. */
    private static final int PBM_ROUNDS = 10_000;

    private static final int PBMAC1_ROUNDS = 100_000;

    @Override
    public GeneralName sender() {
        return new GeneralName(new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, secret.reference())
                .build());
    }

    @Override
    public ProtectedPKIMessage protect(ProtectedPKIMessageBuilder message) throws GeneralSecurityException {
        char[] password = secret.secret().reveal();
        try {
            return message.setSenderKID(secret.reference().getBytes(StandardCharsets.UTF_8))
                    .build(calculator(password));
        } catch (CMPException | CRMFException | OperatorCreationException impossible) {
            throw new GeneralSecurityException("a message cannot be protected by a MAC", impossible);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private MacCalculator calculator(char[] password) throws CRMFException, OperatorCreationException {
        if (secret.mac() == SharedSecret.Mac.PBMAC1) {
            return new JcePBMac1CalculatorBuilder("HmacSHA256", KEY_BITS)
                    .setProvider(BouncyCastle.provider())
                    .setRandom(random)
                    .setSaltLength(SALT_BYTES)
                    .setIterationCount(PBMAC1_ROUNDS)
                    .setPrf(JcePBMac1CalculatorBuilder.PRF_SHA256)
                    .build(password);
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PKMACBuilder(new JcePKMACValuesCalculator().setProvider(BouncyCastle.provider()))
                .setParameters(new PBMParameter(
                        salt,
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                        PBM_ROUNDS,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE)))
                .build(password);
    }
}
