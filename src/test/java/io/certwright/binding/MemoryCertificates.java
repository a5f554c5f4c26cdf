package io.certwright.binding;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestSealer;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A CA, a sealer and the certificates that they made, each with a key of its own. */
public final class MemoryCertificates implements ServableCertificates {
    private final TestCa issuing;
    private final TestSealer sealer = new TestSealer();
    private final Map<Sha256Fingerprint, CertificateToBind> stored = new ConcurrentHashMap<>();

    public MemoryCertificates(Instant now) {
        this.issuing = TestCa.root("CN=Test Root", now).intermediate("CN=Test Issuing");
    }

    /** Issues a certificate for {@code dns} and stores it. */
    public CertificateToBind issue(String dns) {
        return issue(dns, KeySpec.P_256);
    }

    public CertificateToBind issue(String dns, KeySpec spec) {
        KeyPair key = TestKeys.fresh(spec);
        return store(issuing.leaf(dns).key(key).issue(), key);
    }

    public CertificateToBind store(IssuedCertificate certificate, KeyPair key) {
        CertificateToBind made = new CertificateToBind(
                CertificateName.of("wsus01"), "WSUS TLS", certificate, Optional.of(sealer.seal(key)), Optional.empty());
        stored.put(certificate.sha256(), made);
        return made;
    }

    /** A certificate whose key is on a server. */
    public CertificateToBind issueWithKeyOnHost(String dns) {
        return new CertificateToBind(
                CertificateName.of("wsus01"),
                "WSUS TLS",
                issuing.leaf(dns).issue(),
                Optional.empty(),
                Optional.of("key on wsus01"));
    }

    public TestCa issuing() {
        return issuing;
    }

    public TestSealer sealer() {
        return sealer;
    }

    @Override
    public Optional<CertificateToBind> find(Sha256Fingerprint leaf) {
        return Optional.ofNullable(stored.get(leaf));
    }
}
