package io.certwright.enrollment.adcs;

import io.certwright.testing.TestCa;
import io.certwright.testing.TestProvider;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** An enterprise CA for the servers of these tests: numbers requests, keeps them, really signs. Written from what AD CS documents. */
public final class TestAdcs {
    /** What its policy module does with a request that is in order. */
    public enum Policy {
        ISSUES,
        PENDS,
        DENIES
    }

    /** One request. {@code status} is an HRESULT, zero where nothing failed. */
    public record Row(
            int number, byte[] csr, int disposition, int status, String message, List<X509Certificate> issued) {
        public boolean isIssued() {
            return disposition == 3;
        }

        public boolean isPending() {
            return disposition == 5;
        }
    }

    public static final int UNSUPPORTED_CERT_TYPE = 0x80094800;
    public static final int TEMPLATE_DENIED = 0x80094012;
    public static final int ADMIN_DENIED = 0x80094014;

    private final TestCa root = TestCa.root("CN=AD CS Test Root", Instant.now());
    private final List<TestCa> renewals =
            List.of(root.intermediate("CN=AD CS Test Issuing"), root.intermediate("CN=AD CS Test Issuing"));
    private final List<Row> rows = new ArrayList<>();
    private Policy policy = Policy.ISSUES;
    private int signsWith = 1;

    public TestCa root() {
        return root;
    }

    public synchronized void follow(Policy next) {
        policy = next;
    }

    /** The newest certificate of the CA is not yet, or no more, that which signs. */
    public synchronized void signWith(int renewal) {
        signsWith = renewal;
    }

    /** How often the CA's certificate was renewed. */
    public int renewalsOfItsOwn() {
        return renewals.size() - 1;
    }

    public List<X509Certificate> authorities(int renewal) {
        return List.of(renewals.get(renewal).certificate(), root.certificate());
    }

    public synchronized Row submit(byte[] csr, String template) throws IOException {
        int number = rows.size() + 11;
        Row row = new Row(number, csr.clone(), 0, 0, "", List.of());
        if (!isProven(csr)) {
            row = denied(row, 0x80094001, "Denied by Policy Module");
        } else if (!template.equals("WebServer")) {
            row = denied(
                    row,
                    UNSUPPORTED_CERT_TYPE,
                    "Denied by Policy Module  0x80094800, The request was for a certificate template that is not supported by"
                            + " the Active Directory Certificate Services policy: " + template + ".");
        } else {
            row = switch (policy) {
                case ISSUES -> issued(row);
                case PENDS -> new Row(number, csr, 5, 0, "Taken Under Submission", List.of());
                case DENIES ->
                    denied(
                            row,
                            TEMPLATE_DENIED,
                            "Denied by Policy Module  0x80094012, The permissions on the certificate template do not allow the"
                                    + " current user to enroll for this type of certificate.");
            };
        }
        rows.add(row);
        return row;
    }

    private static Row denied(Row row, int status, String message) {
        return new Row(row.number(), row.csr(), 2, status, message, List.of());
    }

    private Row issued(Row row) throws IOException {
        TestCa signer = renewals.get(signsWith);
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(row.csr());
        X509Certificate leaf = signer.leaf(namesIn(request))
                .publicKey(request.getSubjectPublicKeyInfo().getEncoded())
                .certificate();
        return new Row(
                row.number(), row.csr(), 3, 0, "Issued", List.of(leaf, signer.certificate(), root.certificate()));
    }

    private static String[] namesIn(PKCS10CertificationRequest request) {
        GeneralNames names = GeneralNames.getInstance(
                request.getRequestedExtensions().getExtensionParsedValue(Extension.subjectAlternativeName));
        return Stream.of(names.getNames())
                .filter(name -> name.getTagNo() == GeneralName.dNSName)
                .map(name -> name.getName().toString())
                .toArray(String[]::new);
    }

    private static boolean isProven(byte[] csr) throws IOException {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(csr);
            return request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(TestProvider.BOUNCY_CASTLE)
                    .build(request.getSubjectPublicKeyInfo()));
        } catch (OperatorCreationException | PKCSException garbage) {
            return false;
        }
    }

    /** A person at the CA decides. */
    public synchronized void decide(int number, boolean granted) throws IOException {
        Row row = find(number).orElseThrow();
        rows.set(
                rows.indexOf(row),
                granted ? issued(row) : denied(row, ADMIN_DENIED, "Denied by CONTOSO\\administrator"));
    }

    public synchronized Optional<Row> find(int number) {
        return rows.stream().filter(row -> row.number() == number).findFirst();
    }

    public synchronized List<Row> rows() {
        return List.copyOf(rows);
    }

    public synchronized long countIssued() {
        return rows.stream().filter(Row::isIssued).count();
    }

    public static byte[] pkcs7(List<X509Certificate> certificates) throws IOException {
        try {
            CMSSignedDataGenerator degenerate = new CMSSignedDataGenerator();
            degenerate.addCertificates(new JcaCertStore(certificates));
            return degenerate.generate(new CMSAbsentContent()).getEncoded();
        } catch (CMSException | java.security.GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }
}
