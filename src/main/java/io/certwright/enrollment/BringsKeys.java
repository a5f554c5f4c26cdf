package io.certwright.enrollment;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** An issuer whose certificates lie on a host together with their keys: the key is found there, and none is made. */
public interface BringsKeys {
    /**
     * What is wished for.
     *
     * @param inUse what is in use now, which is never found again
     */
    record Wished(SubjectAlternativeNames names, KeySpec key, Optional<IssuedCertificate> inUse) {}

    /**
     * A key on a host that never leaves it.
     *
     * @param reference names the key on its host
     * @param request signed by it
     */
    record BroughtKey(String reference, CertificateSigningRequest request) {}

    /** Looks for a key whose certificate fits; {@code instead} says what is there instead. */
    Found findKey(Wished wished) throws LifecycleException;

    /** A key, or what is waited for. */
    record Found(Optional<BroughtKey> key, Optional<Pending> instead) {
        public static Found of(BroughtKey key) {
            return new Found(Optional.of(key), Optional.empty());
        }

        public static Found none(Pending instead) {
            return new Found(Optional.empty(), Optional.of(instead));
        }
    }
}
