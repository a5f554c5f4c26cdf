package io.certwright.enrollment.scep;

import io.certwright.certificate.KeyAlgorithm;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Predecessor;
import io.certwright.failure.LifecycleException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Who may sign the messages about a request. */
final class Signers {
    private final IssuerName issuer;
    private final ScepParts parts;
    private final ScepFailures failures;

    Signers(IssuerName issuer, ScepParts parts, ScepFailures failures) {
        this.issuer = issuer;
        this.parts = parts;
        this.failures = failures;
    }

    /** The new key, which must be RSA and here. */
    SealedKey requireKey(EnrollmentRequest request) throws LifecycleException {
        SealedKey sealed = request.key()
                .orElseThrow(() -> failures.refused(
                        "SCEP_NEEDS_THE_KEY",
                        "the key of " + request.certificate()
                                + " is not here, and SCEP wants each message signed with it; use a"
                                + " key of origin service, or another protocol"));
        if (sealed.spec().algorithm() != KeyAlgorithm.RSA) {
            throw failures.refused(
                    "SCEP_NEEDS_RSA",
                    "the key of " + request.certificate() + " is " + sealed.spec()
                            + ", and SCEP can encrypt answers to RSA keys only; write algorithm: rsa into its key");
        }
        return sealed;
    }

    /** The new key with a certificate of its own (RFC 8894, 2.3). */
    Signer itself(ScepRequest csr) throws GeneralSecurityException {
        return new Signer(csr.key(), csr.selfSigned(parts.clock().instant(), parts.random()));
    }

    /** The certificate that is to be renewed, where the server takes that, it can vouch, and answers can be encrypted to it. */
    Optional<Signer> predecessor(EnrollmentRequest request, Capabilities capabilities) throws LifecycleException {
        Optional<Predecessor> old = request.predecessor()
                .filter(predecessor -> capabilities.takesRenewals()
                        && predecessor.vouchesAt(issuer, parts.clock().instant())
                        && predecessor.key().orElseThrow().spec().algorithm() == KeyAlgorithm.RSA);
        if (old.isEmpty() || !old.get().standsFor(request.names())) {
            return Optional.empty();
        }
        return Optional.of(new Signer(
                parts.sealer().open(old.get().key().orElseThrow()),
                old.get().certificate().leaf()));
    }
}
