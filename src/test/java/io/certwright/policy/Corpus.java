package io.certwright.policy;

import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.ROOT;
import static io.certwright.policy.Bench.leaf;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Certificates good and bad, one for each rule of path, form and use that an encoding can break. {@code corpus.txt} has what the checks say. */
final class Corpus {
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7");

    private final List<Sample> samples = new ArrayList<>();

    private Corpus() {}

    static List<Sample> samples() {
        Corpus corpus = new Corpus();
        corpus.addFields();
        corpus.addExtensions();
        corpus.addCas();
        corpus.addConstraints();
        corpus.addAnchors();
        corpus.addUse();
        return List.copyOf(corpus.samples);
    }

    private void add(String name, TestCertificate draft) {
        samples.add(new Sample(name, issued(draft), ROOT.certificate()));
    }

    /** What the JDK cannot read never reaches the checks by the readers here, but may by another library's. */
    private static IssuedCertificate issued(TestCertificate draft) {
        try {
            return draft.issue();
        } catch (IllegalStateException unreadable) {
            return draft.readLeniently().issue();
        }
    }

    private void below(String name, TestCa ca) {
        samples.add(new Sample(name, ca.leaf(NAME).issue(), ca.anchor()));
    }

    private void addFields() {
        add("good", leaf());
        add("negative serial number", leaf().serial(BigInteger.valueOf(-5)));
        add("serial number zero", leaf().serial(BigInteger.ZERO));
        add("serial number of 20 octets", leaf().serial(BigInteger.ONE.shiftLeft(158)));
        add("serial number of 21 octets", leaf().serial(BigInteger.ONE.shiftLeft(159)));
        add(
                "another algorithm inside",
                leaf().signedFields(fields ->
                        fields.set(2, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384))));
        add(
                "parameters outside the signed algorithm",
                leaf().signedFields(fields -> fields.set(
                        2, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256, DERNull.INSTANCE))));
        add(
                "GeneralizedTime before 2050",
                leaf().signedFields(fields -> fields.set(4, new DERSequence(new ASN1Encodable[] {
                    new ASN1GeneralizedTime("20261121120000Z"), new ASN1GeneralizedTime("20270219120000Z")
                }))));
        add(
                "UTCTime without seconds",
                leaf().signedFields(fields -> fields.set(4, new DERSequence(new ASN1Encodable[] {
                    new DERUTCTime("2611211200Z"), new DERUTCTime("2702191200Z")
                }))));
        add(
                "unique identifier",
                leaf().signedFields(fields ->
                        fields.add(7, new DERTaggedObject(false, 1, new DERBitString(new byte[] {1})))));
        add("version 1", leaf().versionOne());
        add("no subject, SAN critical", leaf().subject(""));
        add(
                "no subject, SAN not critical",
                leaf().subject("")
                        .extension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, NAME))));
    }

    private void addExtensions() {
        add(
                "unknown extension",
                leaf().extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), false, DERNull.INSTANCE));
        add(
                "unknown critical extension",
                leaf().extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE));
        add("mail address in the SAN", leaf().name(new GeneralName(GeneralName.rfc822Name, "pki@contoso.com")));
        add("no authority key identifier", leaf().without(Extension.authorityKeyIdentifier));
        add(
                "authority key identifier of another key",
                leaf().extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[] {1, 2, 3
                })));
        add(
                "authority key identifier without key",
                leaf().extension(Extension.authorityKeyIdentifier, false, new DERSequence()));
        add(
                "authority key identifier with issuer alone",
                leaf().extension(
                                Extension.authorityKeyIdentifier,
                                false,
                                new DERSequence(new DERTaggedObject(
                                        false,
                                        1,
                                        new GeneralNames(
                                                new GeneralName(GeneralName.directoryName, "CN=Test Root"))))));
        add(
                "critical subject key identifier",
                leaf().extension(Extension.subjectKeyIdentifier, true, new DEROctetString(new byte[] {1})));
        add(
                "path length without CA",
                leaf().extension(Extension.basicConstraints, true, new DERSequence(new ASN1Integer(3))));
        add("name constraints on a leaf", leaf().permittedDns("certwright.test"));
        add(
                "certificate policy twice",
                leaf().extension(Extension.certificatePolicies, false, new DERSequence(new ASN1Encodable[] {
                    new DERSequence(POLICY), new DERSequence(POLICY)
                })));
        add(
                "certificate policy",
                leaf().extension(Extension.certificatePolicies, false, new DERSequence(new DERSequence(POLICY))));
        for (ASN1ObjectIdentifier oid : List.of(
                Extension.subjectKeyIdentifier,
                Extension.authorityKeyIdentifier,
                Extension.certificatePolicies,
                Extension.cRLDistributionPoints,
                Extension.authorityInfoAccess,
                Extension.basicConstraints,
                Extension.issuerAlternativeName)) {
            add("broken " + oid, leaf().extension(oid, false, DERNull.INSTANCE));
        }
    }

    private void addCas() {
        below(
                "CA without subject key identifier",
                ca().without(Extension.subjectKeyIdentifier).asCa());
        below("CA without key usage", ca().without(Extension.keyUsage).asCa());
        below(
                "CA without basic constraints",
                ca().without(Extension.basicConstraints).asCa());
        below(
                "CA with basic constraints not critical",
                ca().extension(Extension.basicConstraints, false, new BasicConstraints(true))
                        .asCa());
        below("CA that may sign lists alone", ca().keyUsage(KeyUsage.cRLSign).asCa());
        below("CA with a path length of none", ca().caWithPathLength(0).asCa());
        below("one CA too many", ca().caWithPathLength(0).asCa().intermediate("CN=One Too Many"));
        below(
                "name constraints not critical",
                ca().extension(
                                Extension.nameConstraints,
                                false,
                                new NameConstraints(new GeneralSubtree[] {dns("certwright.test")}, null))
                        .asCa());
        below(
                "policy constraints not critical",
                ca().extension(
                                Extension.policyConstraints,
                                false,
                                new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(5))))
                        .asCa());
        below(
                "a policy required and none there",
                ca().extension(
                                Extension.policyConstraints,
                                true,
                                new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(0))))
                        .asCa());
        below(
                "empty policy constraints",
                ca().extension(Extension.policyConstraints, true, new DERSequence())
                        .asCa());
        below(
                "inhibit anyPolicy not critical",
                ca().extension(Extension.inhibitAnyPolicy, false, new ASN1Integer(0))
                        .asCa());
        below(
                "a policy mapped to anyPolicy",
                ca().extension(Extension.policyMappings, true, new DERSequence(new DERSequence(new ASN1Encodable[] {
                            POLICY, new ASN1ObjectIdentifier("2.5.29.32.0")
                        })))
                        .asCa());
        below(
                "CA for mail alone",
                ca().extendedKeyUsage(KeyPurposeId.id_kp_emailProtection).asCa());
        below(
                "CA for servers",
                ca().extendedKeyUsage(KeyPurposeId.id_kp_serverAuth).asCa());
        below(
                "expired CA",
                ca().validFor(Duration.ofDays(-9), Duration.ofDays(-1)).asCa());
    }

    private void addConstraints() {
        below("names within DNS constraints", constrained(true, dns("certwright.test")));
        below("names within DNS constraints with a dot", constrained(true, dns(".certwright.test")));
        below("names outside DNS constraints", constrained(true, dns("contoso.com")));
        below("names in an excluded domain", constrained(false, dns("certwright.test")));
        below(
                "excluded directory name",
                constrained(false, subtree(GeneralName.directoryName, "CN=wsus.certwright.test")));
        below("outside permitted directory names", constrained(true, subtree(GeneralName.directoryName, "O=Contoso")));
        below("constraints on addresses alone", constrained(true, subtree(GeneralName.iPAddress, "10.0.0.0/8")));
        below(
                "constraint with a mask of holes",
                constrained(
                        true, new GeneralSubtree(new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[] {
                            10, 0, 0, 0, (byte) 255, 0, (byte) 255, 0
                        })))));
        below(
                "constraint with a minimum",
                constrained(
                        true,
                        new GeneralSubtree(
                                new GeneralName(GeneralName.dNSName, "certwright.test"), BigInteger.ONE, null)));
        below("constraint that is no DNS name", constrained(true, dns("certwright .test")));
        below(
                "empty constraints",
                ca().extension(Extension.nameConstraints, true, new DERSequence())
                        .asCa());
    }

    private void addAnchors() {
        below("root of version 1", root().versionOne().asRoot());
        below("root with name constraints", root().permittedDns("contoso.com").asRoot());
        below(
                "root with an unknown critical extension",
                root().extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE)
                        .asRoot());
        below("root that is no CA", root().ca(false).asRoot());
        below(
                "root that may not sign certificates",
                root().keyUsage(KeyUsage.cRLSign).asRoot());
        below(
                "root with a path length of none",
                root().caWithPathLength(0).asRoot().intermediate("CN=Odd CA"));
        below(
                "expired root",
                root().validFor(Duration.ofDays(-9), Duration.ofDays(-1)).asRoot());
    }

    private void addUse() {
        add("CA as a server", leaf().ca(true));
        add("no extended key usage", leaf().without(Extension.extendedKeyUsage));
        add("any extended key usage", leaf().extendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage));
        add("client authentication alone", leaf().extendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        add("no digital signature", leaf().keyUsage(KeyUsage.keyAgreement));
        add("may sign certificates", leaf().keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        add("may sign lists", leaf().keyUsage(KeyUsage.digitalSignature | KeyUsage.cRLSign));
        add(
                "RSA that agrees on keys",
                leaf().key(KeySpec.RSA_2048).keyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement));
        add("expired", leaf().validFor(Duration.ofDays(-9), Duration.ofDays(-1)));
        add("not yet valid", leaf().validFor(Duration.ofDays(1), Duration.ofDays(9)));
        add("RSA-1024", leaf().key(TestKeys.sharedRsa(1024)));
        add("brainpoolP256r1", leaf().key(TestKeys.ec("brainpoolP256r1")));
        add("secp224r1", leaf().key(TestKeys.ec("secp224r1")));
        add("DSA", leaf().key(TestKeys.sharedDsa()));
        add("signed by another key", leaf().signedBy(TestKeys.shared(KeySpec.P_384)));
        TestCa rsa = TestCa.rootDraft("CN=Odd Root", NOW).key(KeySpec.RSA_2048).asRoot();
        samples.add(new Sample(
                "SHA-1", rsa.leaf(NAME).signatureAlgorithm("SHA1withRSA").issue(), rsa.certificate()));
    }

    private static TestCertificate ca() {
        return ROOT.intermediateDraft("CN=Odd CA");
    }

    private static TestCertificate root() {
        return TestCa.rootDraft("CN=Odd Root", NOW);
    }

    private static TestCa constrained(boolean permitting, GeneralSubtree subtree) {
        GeneralSubtree[] subtrees = {subtree};
        return ca().extension(
                        Extension.nameConstraints,
                        true,
                        permitting ? new NameConstraints(subtrees, null) : new NameConstraints(null, subtrees))
                .asCa();
    }

    private static GeneralSubtree dns(String base) {
        return subtree(GeneralName.dNSName, base);
    }

    private static GeneralSubtree subtree(int kind, String base) {
        return new GeneralSubtree(new GeneralName(kind, base));
    }
}
