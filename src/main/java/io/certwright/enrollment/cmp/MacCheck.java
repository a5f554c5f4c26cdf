package io.certwright.enrollment.cmp;

import io.certwright.crypto.BouncyCastle;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.PBMParameter;
import org.bouncycastle.asn1.iana.IANAObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.crmf.PKMACBuilder;
import org.bouncycastle.cert.crmf.jcajce.JcePKMACValuesCalculator;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.PBEMacCalculatorProvider;
import org.bouncycastle.pkcs.jcajce.JcePBMac1CalculatorProviderBuilder;

/** MACs of answers, reckoned with what the other side chose: only known algorithms, and not for as long as it likes. */
final class MacCheck {
    private static final int MOST_PBM_ROUNDS = 200_000;
    private static final int MOST_PBMAC1_ROUNDS = 2_000_000;
    private static final int MOST_KEY_BYTES = 64;
    private static final Set<ASN1ObjectIdentifier> HMACS = Set.of(
            IANAObjectIdentifiers.hmacSHA1,
            PKCSObjectIdentifiers.id_hmacWithSHA1,
            PKCSObjectIdentifiers.id_hmacWithSHA256,
            PKCSObjectIdentifiers.id_hmacWithSHA384,
            PKCSObjectIdentifiers.id_hmacWithSHA512);
    private static final Set<ASN1ObjectIdentifier> DIGESTS = Set.of(
            OIWObjectIdentifiers.idSHA1,
            NISTObjectIdentifiers.id_sha256,
            NISTObjectIdentifiers.id_sha384,
            NISTObjectIdentifiers.id_sha512);

    private MacCheck() {}

    static boolean isMac(AlgorithmIdentifier algorithm) {
        return isPbm(algorithm) || algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1);
    }

    private static boolean isPbm(AlgorithmIdentifier algorithm) {
        return algorithm.getAlgorithm().equals(CMPObjectIdentifiers.passwordBasedMac);
    }

    static PBEMacCalculatorProvider bounded() {
        return (algorithm, password) -> isPbm(algorithm) ? pbm(algorithm, password) : pbmac1(algorithm, password);
    }

    private static MacCalculator pbm(AlgorithmIdentifier algorithm, char[] password) throws OperatorCreationException {
        PBMParameter chosen = PBMParameter.getInstance(algorithm.getParameters());
        require(
                HMACS.contains(chosen.getMac().getAlgorithm())
                        && DIGESTS.contains(chosen.getOwf().getAlgorithm()),
                "an unknown MAC");
        require(isBelow(MOST_PBM_ROUNDS, chosen.getIterationCount().getValue()), "too many rounds of hashing");
        return new PKMACBuilder(new JcePKMACValuesCalculator().setProvider(BouncyCastle.provider()), MOST_PBM_ROUNDS)
                .get(algorithm, password);
    }

    private static MacCalculator pbmac1(AlgorithmIdentifier algorithm, char[] password)
            throws OperatorCreationException {
        PBMAC1Params chosen = PBMAC1Params.getInstance(algorithm.getParameters());
        require(
                chosen.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)
                        && HMACS.contains(chosen.getMessageAuthScheme().getAlgorithm()),
                "an unknown MAC");
        PBKDF2Params derivation =
                PBKDF2Params.getInstance(chosen.getKeyDerivationFunc().getParameters());
        require(isBelow(MOST_PBMAC1_ROUNDS, derivation.getIterationCount()), "too many rounds of hashing");
        require(
                derivation.getKeyLength() != null && isBelow(MOST_KEY_BYTES, derivation.getKeyLength()),
                "a key of another length than its MAC wants");
        return new JcePBMac1CalculatorProviderBuilder()
                .setProvider(BouncyCastle.provider())
                .build()
                .get(algorithm, password);
    }

    private static boolean isBelow(int most, java.math.BigInteger number) {
        return number.signum() > 0 && number.compareTo(java.math.BigInteger.valueOf(most)) <= 0;
    }

    private static void require(boolean holds, String what) throws OperatorCreationException {
        if (!holds) {
            throw new OperatorCreationException("its protection wants " + what);
        }
    }
}
