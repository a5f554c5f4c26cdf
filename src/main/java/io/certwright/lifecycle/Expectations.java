package io.certwright.lifecycle;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.policy.Expectation;
import io.certwright.policy.Profile;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What a wish means to the checks. */
final class Expectations {
    private Expectations() {}

    /** Without any anchor, of the issuer or of the settings, the CA is a public one. */
    static Expectation of(
            ManagedCertificate wish,
            List<X509Certificate> anchors,
            Optional<byte[]> publicKey,
            Optional<IssuedCertificate> predecessor) {
        Expectation expectation = Expectation.of(wish.names())
                .withKey(wish.key())
                .withAnchors(anchors)
                .allowing(wish.allowed())
                .inProfile(anchors.isEmpty() ? Profile.PUBLIC : Profile.PRIVATE);
        if (publicKey.isPresent()) {
            expectation = expectation.withPublicKey(publicKey.get());
        }
        return predecessor.isPresent() ? expectation.replacing(predecessor.get()) : expectation;
    }
}
