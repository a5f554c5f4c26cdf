package io.certwright.trust;

import io.certwright.testing.TestCa;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Roots, issuing CAs and leaves by their common name alone; all end with the year 2029. */
public final class TrustCertificates {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

    private TrustCertificates() {}

    /** A CA that can sign others. */
    public record Signer(TestCa ca) {
        public X509Certificate certificate() {
            return ca.certificate();
        }

        public Signer issuingCa(String commonName) {
            return new Signer(ca.intermediate(subject(commonName)));
        }

        public X509Certificate leaf(String commonName) {
            return ca.leaf().subject(subject(commonName)).valid(FROM, UNTIL).certificate();
        }
    }

    public static Signer root(String commonName) {
        return new Signer(TestCa.root(subject(commonName), FROM));
    }

    public static X509Certificate selfSignedLeaf(String commonName) {
        return TestCa.rootDraft(subject(commonName), FROM)
                .ca(false)
                .valid(FROM, UNTIL)
                .asRoot()
                .certificate();
    }

    /** What WSUS makes for locally published updates: self-signed, for code signing. */
    public static X509Certificate updateSigner(String commonName) {
        return TestCa.rootDraft(subject(commonName), FROM)
                .ca(false)
                .extendedKeyUsage(KeyPurposeId.id_kp_codeSigning)
                .valid(FROM, UNTIL)
                .asRoot()
                .certificate();
    }

    private static String subject(String commonName) {
        return "CN=" + Rdn.escapeValue(commonName);
    }
}
