package io.certwright.enrollment.selfsigned;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.Backdated;
import io.certwright.crypto.CertificateDraft;
import io.certwright.crypto.CertificateDraft.Purpose;
import io.certwright.crypto.CertificateSigner;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Keys;
import io.certwright.crypto.Names;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Signs each certificate with its own key, which must have been made and sealed here. */
public final class SelfSignedIssuer implements Issuer, LooksUpAnswers {
    private final IssuerName name;
    private final SelfSignedSettings settings;
    private final KeySealer sealer;
    private final Clock clock;
    private final SecureRandom random;
    private final RememberedCertificates issued;

    public SelfSignedIssuer(
            IssuerName name,
            SelfSignedSettings settings,
            IssuerMemory memory,
            KeySealer sealer,
            Clock clock,
            SecureRandom random) {
        this.name = name;
        this.settings = settings;
        this.sealer = sealer;
        this.clock = clock;
        this.random = random;
        this.issued = new RememberedCertificates(name, memory);
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "selfsigned";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        Optional<String> fault = CsrReader.faultOf(request.csr());
        if (fault.isPresent()) {
            return new Denied("issuer " + name + " does not sign " + fault.get());
        }
        if (request.key().isEmpty()) {
            return new Denied(
                    "issuer " + name + " signs with the certificate's own key, but the key of " + request.certificate()
                            + " was made elsewhere; set its key's origin to service, or take another issuer");
        }
        Instant now = clock.instant();
        X509Certificate certificate = sign(request, request.key().get(), now);
        return issued.remember(request, CertificateChain.of(certificate), now);
    }

    private X509Certificate sign(EnrollmentRequest request, SealedKey sealed, Instant now) throws LifecycleException {
        if (!Arrays.equals(sealed.publicKey(), request.csr().publicKey())) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "KEY_DOES_NOT_FIT",
                    "request for " + request.certificate() + ": the sealed key is not the key of its CSR");
        }
        X500Principal subject = Names.principalOf(request.names());
        CertificateDraft draft = new CertificateDraft(
                subject,
                Backdated.period(now, settings.lifetime()),
                request.csr().publicKey(),
                Purpose.SERVER,
                request.names(),
                Optional.empty(),
                Optional.empty());
        return new CertificateSigner(subject, publicKeyOf(sealed), sealer.open(sealed), random).sign(draft);
    }

    private static PublicKey publicKeyOf(SealedKey sealed) {
        try {
            return Keys.publicKey(sealed.publicKey());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the public half of a key that opened does not parse", impossible);
        }
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return issued.get(request, id);
    }

    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        return issued.find(request);
    }

    /** Every certificate given that has not expired: each is its own anchor. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        Instant now = clock.instant();
        return issued.list().stream()
                .filter(certificate -> !certificate.validity().isExpiredAt(now))
                .map(IssuedCertificate::leaf)
                .toList();
    }

    @Override
    public String test() {
        return "self-signed issuer " + name + ": nothing to reach, it signs with each certificate's own key";
    }
}
