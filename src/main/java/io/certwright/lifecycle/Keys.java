package io.certwright.lifecycle;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;

/** Makes keys of origin {@code service}: sealed from birth, and used once in the open, to sign the CSR. */
public interface Keys {
    /** A new sealed key and the CSR for {@code names} made with it. */
    KeyWithRequest make(KeySpec spec, SubjectAlternativeNames names) throws LifecycleException;

    record KeyWithRequest(SealedKey key, CertificateSigningRequest request) {}
}
