package io.certwright.testing;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate being drafted by a {@link TestCa}: whatever is said last holds; nothing is checked, wrong ones are the purpose. */
public final class TestCertificate {
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Placed(boolean critical, ASN1Encodable value) {}

    private final TestCa issuer;
    private final Instant now;
    private final List<GeneralName> names = new ArrayList<>();
    private final Map<ASN1ObjectIdentifier, Placed> extensions = new LinkedHashMap<>();
    private final List<ASN1ObjectIdentifier> without = new ArrayList<>();
    private X500Name issuerName;
    private KeyPair issuerKey;
    private X500Name subject = new X500Name(new org.bouncycastle.asn1.x500.RDN[0]);
    private KeyPair key = TestKeys.shared(KeySpec.P_256);
    private SubjectPublicKeyInfo publicKey;
    private BigInteger serial = new BigInteger(126, RANDOM).add(BigInteger.ONE);
    private Instant notBefore;
    private Instant notAfter;
    private String signatureAlgorithm = "";
    private boolean versionOne;
    private Consumer<List<ASN1Encodable>> fieldChange = fields -> {};
    private boolean fieldsChanged;
    private boolean readByBouncyCastle;
    private UnaryOperator<byte[]> tampering = UnaryOperator.identity();

    TestCertificate(X500Name issuerName, KeyPair issuerKey, TestCa issuer, Instant now) {
        this.issuerName = issuerName;
        this.issuerKey = issuerKey;
        this.issuer = issuer;
        this.now = now;
        this.notBefore = now;
        this.notAfter = now;
        ca(false);
    }

    /** {@code CN=Someone,O=Some}, encoded in that order; empty for an empty subject. */
    public TestCertificate subject(String dn) {
        subject = dn.isEmpty() ? new X500Name(new org.bouncycastle.asn1.x500.RDN[0]) : new X500Name(dn);
        return this;
    }

    /** Added to the SAN as they stand, well formed or not. */
    public TestCertificate dns(String... dns) {
        Stream.of(dns).map(name -> new GeneralName(GeneralName.dNSName, name)).forEach(names::add);
        return this;
    }

    public TestCertificate ips(String... ips) {
        Stream.of(ips).map(ip -> new GeneralName(GeneralName.iPAddress, ip)).forEach(names::add);
        return this;
    }

    /** Any other kind of name. */
    public TestCertificate name(GeneralName name) {
        names.add(name);
        return this;
    }

    public TestCertificate noSan() {
        names.clear();
        return this;
    }

    public TestCertificate serverAuth() {
        return extendedKeyUsage(KeyPurposeId.id_kp_serverAuth).keyUsage(KeyUsage.digitalSignature);
    }

    public TestCertificate extendedKeyUsage(KeyPurposeId... purposes) {
        return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    /** Bits of {@link KeyUsage}. */
    public TestCertificate keyUsage(int bits) {
        return extension(Extension.keyUsage, true, new KeyUsage(bits));
    }

    public TestCertificate ca(boolean ca) {
        return extension(Extension.basicConstraints, true, new BasicConstraints(ca));
    }

    public TestCertificate caWithPathLength(int length) {
        return extension(Extension.basicConstraints, true, new BasicConstraints(length));
    }

    /** Names under which a CA may issue; {@code dns} subtrees. */
    public TestCertificate permittedDns(String... subtrees) {
        GeneralSubtree[] permitted = Stream.of(subtrees)
                .map(name -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, name)))
                .toArray(GeneralSubtree[]::new);
        return extension(Extension.nameConstraints, true, new NameConstraints(permitted, null));
    }

    public TestCertificate extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        extensions.put(oid, new Placed(critical, value));
        without.remove(oid);
        return this;
    }

    /** Leaves out an extension that would be there by default. */
    public TestCertificate without(ASN1ObjectIdentifier... oids) {
        without.addAll(List.of(oids));
        return this;
    }

    /** From {@code now + from} to {@code now + to}. */
    public TestCertificate validFor(Duration from, Duration to) {
        return valid(now.plus(from), now.plus(to));
    }

    /** Whole seconds, as X.509 counts. */
    public TestCertificate valid(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    public TestCertificate key(KeyPair pair) {
        key = pair;
        publicKey = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        return this;
    }

    public TestCertificate key(KeySpec spec) {
        return key(TestKeys.shared(spec));
    }

    /** The key of a request: its private half stays elsewhere. */
    public TestCertificate publicKey(PublicKey requested) {
        return publicKey(requested.getEncoded());
    }

    /** SubjectPublicKeyInfo in DER. */
    public TestCertificate publicKey(byte[] spki) {
        publicKey = SubjectPublicKeyInfo.getInstance(spki);
        return this;
    }

    public TestCertificate serial(BigInteger number) {
        serial = number;
        return this;
    }

    /** {@code SHA1withRSA} and the like; by default SHA-256 with the issuer's kind of key. */
    public TestCertificate signatureAlgorithm(String name) {
        signatureAlgorithm = name;
        return this;
    }

    /** A true signature by a stranger: the name of the issuer stays. */
    public TestCertificate signedBy(KeyPair stranger) {
        issuerKey = stranger;
        return this;
    }

    public TestCertificate issuerName(String dn) {
        issuerName = new X500Name(dn);
        return this;
    }

    /** An X.509 v1 certificate: no extensions at all. */
    public TestCertificate versionOne() {
        versionOne = true;
        return this;
    }

    /**
     * Before signing, changes the fields that are signed: version, serial number, algorithm, issuer, validity, subject, key,
     * extensions.
     */
    public TestCertificate signedFields(Consumer<List<ASN1Encodable>> change) {
        fieldChange = change;
        fieldsChanged = true;
        return this;
    }

    /** Read by Bouncy Castle, which takes more than the JDK does. */
    public TestCertificate readLeniently() {
        readByBouncyCastle = true;
        return this;
    }

    /** Last of all, changes the finished DER. */
    public TestCertificate tampered(UnaryOperator<byte[]> change) {
        tampering = change;
        return this;
    }

    /** The finished encoding, which a JDK may be unable to read. */
    public byte[] der() {
        try {
            byte[] built = versionOne ? versionOneDer() : versionThreeDer();
            return tampering.apply(fieldsChanged ? signedAnew(built) : built);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public X509Certificate certificate() {
        try {
            CertificateFactory factory = readByBouncyCastle
                    ? CertificateFactory.getInstance("X.509", TestProvider.BOUNCY_CASTLE)
                    : CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der()));
        } catch (CertificateException unreadable) {
            throw new IllegalStateException("this JDK cannot read the certificate: use der()", unreadable);
        }
    }

    /** With the issuer's chain behind it. */
    public IssuedCertificate issue() {
        return issueWith(issuer.chain().toArray(X509Certificate[]::new));
    }

    /** With any chain behind it. */
    public IssuedCertificate issueWith(X509Certificate... intermediates) {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate()));
        chain.addAll(List.of(intermediates));
        return new IssuedCertificate(new CertificateChain(chain));
    }

    /** This certificate as an issuing CA, with a fresh key unless one was given. */
    public TestCa asCa() {
        takeAFreshKeyUnlessGiven();
        return issuer.below(certificate(), key);
    }

    /** This certificate, signed by its own key, as a root. */
    public TestCa asRoot() {
        issuerKey = key;
        return TestCa.rootOf(certificate(), key, now);
    }

    /** The key that the certificate was made for; meaningless after {@code publicKey}. */
    public KeyPair keyPair() {
        return key;
    }

    private void takeAFreshKeyUnlessGiven() {
        if (publicKey == null) {
            key(TestKeys.fresh(KeySpec.P_256));
        }
    }

    private SubjectPublicKeyInfo subjectKey() {
        return Objects.requireNonNullElseGet(
                publicKey,
                () -> SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
    }

    private byte[] versionOneDer() throws IOException {
        return new X509v1CertificateBuilder(
                        issuerName, serial, Date.from(notBefore), Date.from(notAfter), subject, subjectKey())
                .build(signer())
                .getEncoded();
    }

    private byte[] versionThreeDer() throws IOException {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuerName, serial, Date.from(notBefore), Date.from(notAfter), subject, subjectKey());
        for (Map.Entry<ASN1ObjectIdentifier, Placed> extension : allExtensions().entrySet()) {
            if (!without.contains(extension.getKey())) {
                builder.addExtension(
                        extension.getKey(),
                        extension.getValue().critical(),
                        extension.getValue().value());
            }
        }
        return builder.build(signer()).getEncoded();
    }

    private byte[] signedAnew(byte[] built) throws IOException {
        ASN1Sequence certificate = ASN1Sequence.getInstance(built);
        List<ASN1Encodable> fields = new ArrayList<>();
        ASN1Sequence.getInstance(certificate.getObjectAt(0)).forEach(fields::add);
        fieldChange.accept(fields);
        DERSequence signed = new DERSequence(fields.toArray(ASN1Encodable[]::new));
        ContentSigner signer = signer();
        signer.getOutputStream().write(signed.getEncoded(ASN1Encoding.DER));
        return new DERSequence(new ASN1Encodable[] {
                    signed, signer.getAlgorithmIdentifier(), new DERBitString(signer.getSignature())
                })
                .getEncoded(ASN1Encoding.DER);
    }

    private Map<ASN1ObjectIdentifier, Placed> allExtensions() {
        Map<ASN1ObjectIdentifier, Placed> all = new LinkedHashMap<>();
        JcaX509ExtensionUtils identifiers = identifiers();
        all.put(
                Extension.authorityKeyIdentifier,
                new Placed(
                        false,
                        identifiers.createAuthorityKeyIdentifier(SubjectPublicKeyInfo.getInstance(
                                issuerKey.getPublic().getEncoded()))));
        all.put(
                Extension.subjectKeyIdentifier,
                new Placed(false, identifiers.createSubjectKeyIdentifier(subjectKey())));
        if (!names.isEmpty()) {
            boolean critical = subject.getRDNs().length == 0;
            all.put(
                    Extension.subjectAlternativeName,
                    new Placed(critical, new GeneralNames(names.toArray(GeneralName[]::new))));
        }
        all.putAll(extensions);
        return all;
    }

    private static JcaX509ExtensionUtils identifiers() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ContentSigner signer() {
        String family = issuerKey.getPrivate().getAlgorithm();
        String usual = "SHA256with" + (family.startsWith("EC") ? "ECDSA" : family);
        try {
            return new JcaContentSignerBuilder(signatureAlgorithm.isEmpty() ? usual : signatureAlgorithm)
                    .setProvider(TestProvider.BOUNCY_CASTLE)
                    .build(issuerKey.getPrivate());
        } catch (OperatorCreationException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
