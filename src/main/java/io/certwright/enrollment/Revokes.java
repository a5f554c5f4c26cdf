package io.certwright.enrollment;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import java.time.Instant;

/** An issuer that revokes what it issued. Revoking twice is harmless: the first time and reason stand. */
public interface Revokes {
    void revoke(IssuedCertificate certificate, RevocationReason reason, Instant at) throws LifecycleException;
}
