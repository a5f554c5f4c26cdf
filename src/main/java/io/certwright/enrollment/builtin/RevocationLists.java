package io.certwright.enrollment.builtin;

import io.certwright.certificate.SerialNumber;
import io.certwright.crypto.Backdated;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * One revocation list (RFC 5280, 5) for each CA, kept in the memory and renewed when half of its life is over, and at each
 * revocation. Its number is the version of the fact, so that it only grows, whichever node writes.
 */
final class RevocationLists {
    private static final String KIND = "crl";
    private static final String REVOKED = "revoked";
    private static final int MOST_ATTEMPTS = 20;

    private final IssuerName name;
    private final Duration lifetime;
    private final IssuerMemory memory;
    private final AuthorityMaker maker;

    RevocationLists(IssuerName name, Duration lifetime, IssuerMemory memory, AuthorityMaker maker) {
        this.name = name;
        this.lifetime = lifetime;
        this.memory = memory;
        this.maker = maker;
    }

    /** Stores the revocation, then the list that tells of it. The first reason and time stand. */
    void revoke(Authority issuer, X509Certificate certificate, RevocationReason reason, Instant at, Instant now)
            throws LifecycleException {
        RevokedCertificate revoked = new RevokedCertificate(
                certificate.getSerialNumber(),
                reason,
                at,
                certificate.getNotAfter().toInstant());
        String key = issuer.id() + "/" + SerialNumber.of(certificate).hex();
        memory.remember(name, Remembered.first(REVOKED, key, revoked.encode(), now));
        renew(issuer, now);
    }

    /** DER of a list that is good for at least half of its lifetime. */
    byte[] ensureFresh(Authority issuer, Instant now) throws LifecycleException {
        Optional<Remembered> stands = memory.find(name, KIND, issuer.id());
        return stands.isPresent() && isFresh(stands.get(), now) ? stands.get().value() : renew(issuer, now);
    }

    private boolean isFresh(Remembered list, Instant now) {
        return now.isBefore(list.at().plus(lifetime.dividedBy(2)));
    }

    /** The number is taken before the revocations are read: whoever adds one meanwhile writes a later list. */
    private byte[] renew(Authority issuer, Instant now) throws LifecycleException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<Remembered> stands = memory.find(name, KIND, issuer.id());
            long number = stands.map(Remembered::version).orElse(0L) + 1;
            Remembered next = new Remembered(KIND, issuer.id(), write(issuer, number, now), now, number);
            boolean stored = stands.isPresent()
                    ? memory.replace(name, next, number - 1)
                    : memory.remember(name, next).equals(next);
            if (stored) {
                return next.value();
            }
        }
        throw new LifecycleException(
                FailureKind.INTERNAL,
                "REVOCATION_LIST_CONTENDED",
                "issuer " + name + ": the revocation list of " + issuer.id() + " was replaced by others "
                        + MOST_ATTEMPTS + " times in a row; try again");
    }

    private byte[] write(Authority issuer, long number, Instant now) throws LifecycleException {
        X500Name subject = X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
        Instant thisUpdate = Backdated.period(now, lifetime).notBefore();
        X509v2CRLBuilder list = new X509v2CRLBuilder(subject, Date.from(thisUpdate));
        list.setNextUpdate(Date.from(now.plus(lifetime)));
        for (Remembered fact : memory.list(name, REVOKED)) {
            if (fact.key().startsWith(issuer.id() + "/")) {
                RevokedCertificate revoked = RevokedCertificate.decode(fact.value());
                if (revoked.isListedAt(now, lifetime)) {
                    list.addCRLEntry(
                            revoked.serial(),
                            Date.from(revoked.at()),
                            revoked.reason().code());
                }
            }
        }
        return signed(issuer, number, list);
    }

    private byte[] signed(Authority issuer, long number, X509v2CRLBuilder list) {
        try {
            list.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()));
            list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            X509CRLHolder signed = list.build(maker.signerOf(issuer).contentSigner());
            return signed.getEncoded();
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a revocation list of our own making cannot be encoded", impossible);
        }
    }
}
