package io.certwright.testing;

import io.certwright.certificate.KeySpec;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * A certificate authority for tests that really signs, with P-256 unless told otherwise. {@link #root}, {@link #intermediate} and
 * {@link #leaf} give what a careful CA would issue; everything about it can be overridden on the draft, so that every kind of wrong
 * certificate can be made.
 *
 * <pre>{@code
 * TestCa root = TestCa.root("CN=Test Root", now);
 * TestCa issuing = root.intermediate("CN=Test Issuing");
 * IssuedCertificate good = issuing.leaf("wsus.certwright.test").issue();
 * X509Certificate old = issuing.leaf("wsus.certwright.test").validFor(Duration.ofDays(-90), Duration.ofDays(-1)).certificate();
 * }</pre>
 */
public final class TestCa {
    private static final int CA_USAGE = KeyUsage.keyCertSign | KeyUsage.cRLSign;

    private final X509Certificate certificate;
    private final KeyPair key;
    private final List<X509Certificate> above;
    private final X509Certificate anchor;
    private final Instant now;

    private TestCa(
            X509Certificate certificate,
            KeyPair key,
            List<X509Certificate> above,
            X509Certificate anchor,
            Instant now) {
        this.certificate = certificate;
        this.key = key;
        this.above = above;
        this.anchor = anchor;
        this.now = now;
    }

    /** A root valid from ten years before {@code now} to ten years after it. */
    public static TestCa root(String subject, Instant now) {
        return rootDraft(subject, now).asRoot();
    }

    /** A root's draft, to be finished by {@link TestCertificate#asRoot()}. */
    public static TestCertificate rootDraft(String subject, Instant now) {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        return new TestCertificate(new X500Name(subject), key, null, now)
                .key(key)
                .subject(subject)
                .ca(true)
                .keyUsage(CA_USAGE)
                .validFor(Duration.ofDays(-3650), Duration.ofDays(3650));
    }

    static TestCa rootOf(X509Certificate certificate, KeyPair key, Instant now) {
        return new TestCa(certificate, key, List.of(), certificate, now);
    }

    TestCa below(X509Certificate intermediate, KeyPair itsKey) {
        return new TestCa(intermediate, itsKey, chain(), anchor, now);
    }

    /** An issuing CA under this one, valid from five years ago for ten years. */
    public TestCa intermediate(String subject) {
        return intermediateDraft(subject).asCa();
    }

    /** An issuing CA's draft, to be finished by {@link TestCertificate#asCa()}. */
    public TestCertificate intermediateDraft(String subject) {
        return draft().subject(subject)
                .ca(true)
                .keyUsage(CA_USAGE)
                .validFor(Duration.ofDays(-1825), Duration.ofDays(1825));
    }

    /** A server certificate for these DNS names, the first one as CN, valid from a day ago for ninety days. */
    public TestCertificate leaf(String... dns) {
        TestCertificate draft = draft().dns(dns).serverAuth().validFor(Duration.ofDays(-1), Duration.ofDays(89));
        return dns.length == 0 ? draft : draft.subject("CN=" + dns[0]);
    }

    private TestCertificate draft() {
        return new TestCertificate(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), key, this, now);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public PrivateKey privateKey() {
        return key.getPrivate();
    }

    public KeyPair keyPair() {
        return key;
    }

    /** The root at the top. */
    public X509Certificate anchor() {
        return anchor;
    }

    /** This CA and those above it, the root left out: what goes behind a leaf. */
    public List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>();
        if (!certificate.equals(anchor)) {
            chain.add(certificate);
            chain.addAll(above);
        }
        return List.copyOf(chain);
    }
}
