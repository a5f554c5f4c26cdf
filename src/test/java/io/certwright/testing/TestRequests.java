package io.certwright.testing;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Predecessor;
import io.certwright.failure.LifecycleException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Requests for certificates as the story makes them: new key, CSR, sealed key. */
public final class TestRequests {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestRequests() {}

    public static EnrollmentRequest fresh(KeySealer sealer, KeySpec spec, Instant at, String... dns) {
        SubjectAlternativeNames names = SubjectAlternativeNames.ofDns(dns);
        KeyPair key = new KeyGenerator(RANDOM).generate(spec);
        try {
            return new EnrollmentRequest(
                    UUID.randomUUID(),
                    CertificateName.of("wsus01"),
                    names,
                    new CsrBuilder(RANDOM).build(names, key),
                    Optional.of(sealer.seal(key)),
                    Optional.empty(),
                    at);
        } catch (LifecycleException failed) {
            throw new AssertionError("a fresh key cannot be sealed", failed);
        }
    }

    /** The same wish, for a certificate that replaces another. */
    public static EnrollmentRequest renewing(EnrollmentRequest request, Predecessor old) {
        return new EnrollmentRequest(
                request.intent(),
                request.certificate(),
                request.names(),
                request.csr(),
                request.key(),
                Optional.of(old),
                request.intendedAt());
    }

    /** The same wish with the intent of another. */
    public static EnrollmentRequest withIntentOf(EnrollmentRequest request, EnrollmentRequest other) {
        return new EnrollmentRequest(
                other.intent(),
                request.certificate(),
                request.names(),
                request.csr(),
                request.key(),
                request.predecessor(),
                request.intendedAt());
    }
}
