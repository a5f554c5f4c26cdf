package io.certwright.enrollment.builtin;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Printable;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.Backdated;
import io.certwright.crypto.BouncyCastle;
import io.certwright.crypto.CertificateDraft;
import io.certwright.crypto.CertificateDraft.Purpose;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Names;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.RevocationReason;
import io.certwright.enrollment.Revokes;
import io.certwright.enrollment.builtin.Authority.Rank;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The CA that Certwright brings along. It decides at once, gives one certificate an intent, and finds it again. Nothing it
 * signs outlives its issuer. Any number of nodes may share its memory.
 */
public final class BuiltinIssuer implements Issuer, LooksUpAnswers, Revokes {
    private final IssuerName name;
    private final BuiltinSettings settings;
    private final Clock clock;
    private final PublicAddresses addresses;
    private final AuthorityMaker maker;
    private final Hierarchy hierarchy;
    private final RevocationLists lists;
    private final RememberedCertificates issued;

    public BuiltinIssuer(
            IssuerName name,
            BuiltinSettings settings,
            IssuerMemory memory,
            KeySealer sealer,
            Clock clock,
            SecureRandom random) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.addresses = new PublicAddresses(name, settings.publicUrl());
        this.maker = new AuthorityMaker(name, settings, addresses, sealer, random);
        this.hierarchy = new Hierarchy(name, settings, addresses, memory, sealer, maker);
        this.lists = new RevocationLists(name, settings.revocationListLifetime(), memory, maker);
        this.issued = new RememberedCertificates(name, memory);
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "builtin";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        Optional<String> fault = CsrReader.faultOf(request.csr());
        if (fault.isPresent()) {
            return new Denied("issuer " + name + " does not sign " + fault.get());
        }
        Instant now = clock.instant();
        Authority authority = hierarchy.ensureIssuing(now);
        X509Certificate leaf = maker.signerOf(authority).sign(draftFor(request, authority, now));
        return issued.remember(request, CertificateChain.of(leaf, authority.certificate()), now);
    }

    private CertificateDraft draftFor(EnrollmentRequest request, Authority authority, Instant now) {
        ValidityPeriod validity = Backdated.within(authority.validity(), now, settings.lifetime());
        return new CertificateDraft(
                Names.principalOf(request.names()),
                validity,
                request.csr().publicKey(),
                Purpose.SERVER,
                request.names(),
                addresses.revocationListOf(authority),
                addresses.certificateOf(authority));
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return issued.get(request, id);
    }

    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        return issued.find(request);
    }

    /** All roots that have not expired; makes the first one. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return clientCertificates().anchors();
    }

    /** Every living issuing CA, the next one among them as soon as it is made: clients have it before its first leaf comes. */
    @Override
    public List<X509Certificate> intermediates() throws LifecycleException {
        return clientCertificates().intermediates();
    }

    /** What clients need for certificates issued now and after the next change of issuing CA; makes that one when it is time. */
    public ClientCertificates clientCertificates() throws LifecycleException {
        hierarchy.ensureIssuing(clock.instant());
        List<Authority> living = hierarchy.listLiving(clock.instant());
        return new ClientCertificates(certificatesOf(living, Rank.ROOT), certificatesOf(living, Rank.ISSUING));
    }

    private static List<X509Certificate> certificatesOf(List<Authority> authorities, Rank rank) {
        return authorities.stream()
                .filter(authority -> authority.rank() == rank)
                .map(Authority::certificate)
                .toList();
    }

    @Override
    public String test() throws LifecycleException {
        List<Authority> living = hierarchy.listLiving(clock.instant());
        Optional<Authority> newest = living.stream().reduce((first, last) -> last);
        String warning = warnings().isEmpty() ? "" : "; " + String.join("; ", warnings());
        return newest.map(authority -> "built-in CA " + name + ": " + authority.id() + " issues until "
                                + authority.validity().notAfter())
                        .orElse("built-in CA " + name + ": makes its root and issuing CA with the first certificate")
                + warning;
    }

    @Override
    public List<String> warnings() {
        return settings.publicUrl().isPresent()
                ? List.of()
                : List.of("issuer " + name
                        + " has no public-url, so its certificates name no revocation list: Windows Update clients that"
                        + " check revocation may refuse them; set public-url to an address of this service that clients"
                        + " reach by http");
    }

    @Override
    public void revoke(IssuedCertificate certificate, RevocationReason reason, Instant at) throws LifecycleException {
        lists.revoke(issuerOf(certificate.leaf()), certificate.leaf(), reason, at, clock.instant());
    }

    private Authority issuerOf(X509Certificate leaf) throws LifecycleException {
        for (Authority candidate : hierarchy.listAll()) {
            if (signed(candidate, leaf)) {
                return candidate;
            }
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "NOT_ISSUED_HERE",
                "issuer " + name + " did not issue the certificate "
                        + new IssuedCertificate(CertificateChain.of(leaf)).thumbprint()
                        + ", so it cannot revoke it; its issuer is "
                        + Printable.quote(leaf.getIssuerX500Principal().getName()));
    }

    private static boolean signed(Authority candidate, X509Certificate leaf) {
        try {
            leaf.verify(candidate.certificate().getPublicKey(), BouncyCastle.provider());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** To be called now and then: makes the next issuing CA and renews revocation lists before anybody waits for them. */
    public void maintain() throws LifecycleException {
        Instant now = clock.instant();
        hierarchy.ensureIssuing(now);
        for (Authority authority : hierarchy.listLiving(now)) {
            lists.ensureFresh(authority, now);
        }
    }

    /** The files below the public URL's {@code /pki/NAME/}: {@code issuing-0001.crl} or {@code issuing-0001.cer}. */
    public Optional<PublicFile> findPublicFile(String fileName) throws LifecycleException {
        int dot = fileName.lastIndexOf('.');
        Optional<Authority> authority = dot < 0 ? Optional.empty() : hierarchy.find(fileName.substring(0, dot));
        if (authority.isEmpty()) {
            return Optional.empty();
        }
        return switch (fileName.substring(dot)) {
            case ".cer" ->
                Optional.of(new PublicFile(
                        "application/pkix-cert", encoded(authority.get().certificate())));
            case ".crl" ->
                Optional.of(
                        new PublicFile("application/pkix-crl", lists.ensureFresh(authority.get(), clock.instant())));
            default -> Optional.empty();
        };
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate has no encoding", impossible);
        }
    }
}
