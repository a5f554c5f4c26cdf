package io.certwright.crypto;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.TBSCertList;

/**
 * A certificate revocation list (RFC 5280, 5), read entry by entry so that a long one costs little more than its bytes. It says
 * what stands in it; whether to believe it, {@link #isSignedBy} tells.
 */
public final class RevocationList {
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD = Set.of(
            Extension.issuingDistributionPoint,
            Extension.authorityKeyIdentifier,
            Extension.cRLNumber,
            Extension.deltaCRLIndicator,
            Extension.reasonCode,
            Extension.invalidityDate);

    private final byte[] signedPart;
    private final byte[] signature;
    private final CertificateList list;
    private final X500Principal issuer;
    private final Optional<IssuingDistributionPoint> scope;
    private final Optional<String> unknownCritical;

    private RevocationList(byte[] signedPart, CertificateList list) throws IOException {
        this.signedPart = signedPart;
        this.list = list;
        this.signature = list.getSignature().getOctets();
        this.issuer = new X500Principal(list.getIssuer().getEncoded());
        this.scope = scopeOf(list);
        this.unknownCritical = unknownCritical(list);
    }

    /** Reads DER or PEM. Throws {@code MALFORMED}; {@code what} begins the message. */
    public static RevocationList parse(String what, byte[] content) throws LifecycleException {
        try {
            byte[] der = derOf(content);
            RevocationList read = new RevocationList(SignedPart.of(der), CertificateList.getInstance(lazily(der)));
            read.walkOnce();
            return read;
        } catch (IOException | RuntimeException malformed) {
            throw malformed(what, malformed);
        }
    }

    static LifecycleException malformed(String what, Exception cause) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "MALFORMED",
                what + ": it is no revocation list, or a broken one; wanted a CRL in DER or PEM",
                cause);
    }

    /** Everything that later questions touch is touched now, while a fault can still be told as the file's. */
    private void walkOnce() {
        Object unused = thisUpdate();
        unused = nextUpdate();
        Enumeration<?> entries = list.getRevokedCertificateEnumeration();
        while (entries.hasMoreElements()) {
            unused = read((TBSCertList.CRLEntry) entries.nextElement());
        }
    }

    private static byte[] derOf(byte[] content) {
        if (content.length > 0 && content[0] == 0x30) {
            return content;
        }
        return PemBlock.allOf(new String(content, StandardCharsets.ISO_8859_1)).stream()
                .filter(block -> block.label().endsWith("CRL"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no CRL block"))
                .der();
    }

    /** Bouncy Castle parses the entries of a lazy sequence one by one. */
    private static Object lazily(byte[] der) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(der, true)) {
            Object value = in.readObject();
            if (value == null || in.read() >= 0) {
                throw new IOException("nothing, or something behind it");
            }
            return value;
        }
    }

    private static Optional<IssuingDistributionPoint> scopeOf(CertificateList list) {
        return Optional.ofNullable(list.getTBSCertList().getExtensions())
                .map(all -> all.getExtensionParsedValue(Extension.issuingDistributionPoint))
                .map(IssuingDistributionPoint::getInstance);
    }

    public X500Principal issuer() {
        return issuer;
    }

    public Instant thisUpdate() {
        return list.getThisUpdate().getDate().toInstant();
    }

    /** Until when it is fresh; RFC 5280 wants it in every list, old ones lack it. */
    public Optional<Instant> nextUpdate() {
        return Optional.ofNullable(list.getNextUpdate())
                .map(time -> time.getDate().toInstant());
    }

    /** What it says of a serial. */
    public Optional<RevokedEntry> find(BigInteger serial) {
        Enumeration<?> entries = list.getRevokedCertificateEnumeration();
        while (entries.hasMoreElements()) {
            TBSCertList.CRLEntry entry = (TBSCertList.CRLEntry) entries.nextElement();
            if (entry.getUserCertificate().hasValue(serial)) {
                return Optional.of(read(entry));
            }
        }
        return Optional.empty();
    }

    private static RevokedEntry read(TBSCertList.CRLEntry entry) {
        return new RevokedEntry(
                reasonOf(entry), entry.getRevocationDate().getDate().toInstant());
    }

    private static String reasonOf(TBSCertList.CRLEntry entry) {
        return Optional.ofNullable(entry.getExtensions())
                .map(all -> all.getExtensionParsedValue(Extension.reasonCode))
                .map(value ->
                        RevokedEntry.reasonOf(ASN1Enumerated.getInstance(value).intValueExact()))
                .orElse("unspecified");
    }

    /** Whether {@code authority} may sign revocation lists, bears the issuer's name, and signed this one. */
    public boolean isSignedBy(X509Certificate authority) {
        boolean[] usage = authority.getKeyUsage();
        boolean maySign = usage == null || (usage.length > 6 && usage[6]);
        return maySign
                && issuer().equals(authority.getSubjectX500Principal())
                && list.getSignatureAlgorithm().equals(list.getTBSCertList().getSignature())
                && SignedPart.verifies(signedPart, list.getSignatureAlgorithm(), signature, authority.getPublicKey());
    }

    /** Why it can say nothing of {@code certificate}, though it comes from its issuer; empty where it can. */
    public Optional<String> whyOutOfScope(X509Certificate certificate) {
        if (unknownCritical.isPresent()) {
            return unknownCritical.map(oid -> "has a critical extension " + oid + " that nobody here understands");
        }
        if (hasExtension(Extension.deltaCRLIndicator)) {
            return Optional.of("is a delta to another list");
        }
        try {
            return scope.flatMap(point -> CrlScope.whyOut(point, list.getIssuer(), certificate));
        } catch (RuntimeException malformed) {
            return Optional.of("names its scope in a way that does not parse");
        }
    }

    /** Whether it lists revocations for some reasons only: then it can condemn a certificate and not clear it. */
    public boolean coversSomeReasonsOnly() {
        return scope.map(IssuingDistributionPoint::getOnlySomeReasons).isPresent();
    }

    private boolean hasExtension(ASN1ObjectIdentifier oid) {
        Extensions extensions = list.getTBSCertList().getExtensions();
        return extensions != null && extensions.getExtension(oid) != null;
    }

    private static Optional<String> unknownCritical(CertificateList list) {
        Extensions extensions = list.getTBSCertList().getExtensions();
        Optional<String> ofList = extensions == null ? Optional.empty() : unknownCritical(extensions);
        if (ofList.isPresent()) {
            return ofList;
        }
        Enumeration<?> entries = list.getRevokedCertificateEnumeration();
        while (entries.hasMoreElements()) {
            Extensions ofEntry = ((TBSCertList.CRLEntry) entries.nextElement()).getExtensions();
            Optional<String> unknown = ofEntry == null ? Optional.empty() : unknownCritical(ofEntry);
            if (unknown.isPresent()) {
                return unknown;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unknownCritical(Extensions extensions) {
        return Arrays.stream(extensions.getCriticalExtensionOIDs())
                .filter(oid -> !UNDERSTOOD.contains(oid))
                .findFirst()
                .map(oid -> Printable.escape(oid.getId(), 60));
    }
}
