package io.certwright.enrollment.cmp;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.Keys;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.cmp.TransactionNote.Kind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ClientIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.x500.X500Name;

/** Which request is made for a certificate, and whose secret or key protects it. */
final class Credentials {
    private static final X500Principal NOBODY = new X500Principal("");

    private final IssuerName issuer;
    private final CmpSettings settings;
    private final CmpParts parts;
    private final CmpFailures failures;

    /** A request, ready to be sent. */
    record Plan(Kind kind, PKIBody body) {}

    Credentials(IssuerName issuer, CmpSettings settings, CmpParts parts) {
        this.issuer = issuer;
        this.settings = settings;
        this.parts = parts;
        this.failures = new CmpFailures(issuer);
    }

    Plan planFor(EnrollmentRequest request) throws LifecycleException {
        Kind kind = kindFor(request);
        try {
            return new Plan(kind, bodyOf(request, kind));
        } catch (IOException | GeneralSecurityException | RuntimeException impossible) {
            throw failures.internal(impossible);
        }
    }

    /** A key that is not here cannot sign a template; its CSR goes as it is. */
    private Kind kindFor(EnrollmentRequest request) throws LifecycleException {
        if (request.key().isEmpty()) {
            return Kind.P10CR;
        }
        if (settings.manner().update() && vouching(request).isPresent()) {
            return Kind.KUR;
        }
        return switch (settings.manner().message()) {
            case IR -> Kind.IR;
            case CR -> Kind.CR;
            case P10CR -> Kind.P10CR;
        };
    }

    private PKIBody bodyOf(EnrollmentRequest request, Kind kind)
            throws LifecycleException, IOException, GeneralSecurityException {
        byte[] csr = request.csr().der();
        if (kind == Kind.P10CR) {
            return CmpBodies.p10cr(csr);
        }
        SealedKey key = request.key().orElseThrow();
        return CmpBodies.request(
                kind.body(),
                csr,
                parts.sealer().open(key),
                Keys.publicKey(key.publicKey()),
                kind == Kind.KUR
                        ? vouching(request).map(old -> old.certificate().leaf())
                        : Optional.empty(),
                parts.random());
    }

    /** The predecessor that kur can update: of this CA, for the same names, valid, and its key here (RFC 9483, 4.1.3). */
    private Optional<Predecessor> vouching(EnrollmentRequest request) throws LifecycleException {
        Optional<Predecessor> old = request.predecessor()
                .filter(before -> before.issuer().equals(issuer) && before.key().isPresent())
                .filter(before ->
                        before.certificate().validity().isValidAt(parts.clock().instant()));
        return old.isPresent() && hasNames(old.get().certificate(), request.names()) ? old : Optional.empty();
    }

    private static boolean hasNames(IssuedCertificate old, SubjectAlternativeNames wanted) throws LifecycleException {
        CertificateDetails details = CertificateReader.read(old.leaf());
        List<String> dns = wanted.dns().stream().map(DnsName::value).toList();
        return Set.copyOf(details.dnsNames()).equals(Set.copyOf(dns))
                && Set.copyOf(details.ipAddresses()).equals(Set.copyOf(wanted.ips()));
    }

    Protection protectionOf(EnrollmentRequest request, Kind kind) throws LifecycleException {
        Optional<Predecessor> old = kind == Kind.KUR ? vouching(request) : Optional.empty();
        return old.isPresent() ? signedBy(old.get()) : own();
    }

    private Protection signedBy(Predecessor old) throws LifecycleException {
        return new SignatureProtection(
                new ClientIdentity(
                        old.certificate().chain().certificates(),
                        parts.sealer().open(old.key().orElseThrow())),
                parts.random());
    }

    /** By the settings alone. */
    Protection own() throws LifecycleException {
        return settings.secret().isPresent()
                ? new MacProtection(settings.secret().get(), parts.random())
                : new SignatureProtection(settings.signing().orElseThrow().open(), parts.random());
    }

    X500Name recipient() {
        return Names.of(settings.manner().recipient().orElse(NOBODY));
    }
}
