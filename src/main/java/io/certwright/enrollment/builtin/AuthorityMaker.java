package io.certwright.enrollment.builtin;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.Backdated;
import io.certwright.crypto.CertificateDraft;
import io.certwright.crypto.CertificateDraft.Purpose;
import io.certwright.crypto.CertificateSigner;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.enrollment.builtin.Authority.Rank;
import io.certwright.failure.LifecycleException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Makes roots and issuing CAs: new key, certificate, sealed for the memory. */
final class AuthorityMaker {
    private static final int LONGEST_NAME = 30;

    private final IssuerName name;
    private final BuiltinSettings settings;
    private final PublicAddresses addresses;
    private final KeySealer sealer;
    private final SecureRandom random;

    AuthorityMaker(
            IssuerName name,
            BuiltinSettings settings,
            PublicAddresses addresses,
            KeySealer sealer,
            SecureRandom random) {
        this.name = name;
        this.settings = settings;
        this.addresses = addresses;
        this.sealer = sealer;
        this.random = random;
    }

    Remembered root(int generation, Instant now) throws LifecycleException {
        KeyPair key = newKey();
        X500Principal subject = subject("Root", generation);
        ValidityPeriod validity = Backdated.period(now, settings.rootLifetime());
        CertificateDraft draft = draft(subject, validity, key, Purpose.ROOT, Optional.empty());
        X509Certificate certificate =
                new CertificateSigner(subject, key.getPublic(), key.getPrivate(), random).sign(draft);
        return fact(Authority.idOf(Rank.ROOT, generation), certificate, key, now);
    }

    Remembered issuing(int generation, Authority root, Instant now) throws LifecycleException {
        KeyPair key = newKey();
        ValidityPeriod validity = Backdated.within(root.validity(), now, settings.issuingLifetime());
        CertificateDraft draft =
                draft(subject("Issuing", generation), validity, key, Purpose.ISSUING, Optional.of(root));
        X509Certificate certificate = signerOf(root).sign(draft);
        return fact(Authority.idOf(Rank.ISSUING, generation), certificate, key, now);
    }

    CertificateSigner signerOf(Authority authority) {
        return new CertificateSigner(
                authority.certificate().getSubjectX500Principal(),
                authority.certificate().getPublicKey(),
                authority.key(),
                random);
    }

    private CertificateDraft draft(
            X500Principal subject, ValidityPeriod validity, KeyPair key, Purpose purpose, Optional<Authority> issuer) {
        return new CertificateDraft(
                subject,
                validity,
                key.getPublic().getEncoded(),
                purpose,
                new SubjectAlternativeNames(List.of(), List.of()),
                issuer.flatMap(addresses::revocationListOf),
                issuer.flatMap(addresses::certificateOf));
    }

    private KeyPair newKey() {
        KeySpec spec = settings.caKey();
        return new KeyGenerator(random).generate(spec);
    }

    private Remembered fact(String id, X509Certificate certificate, KeyPair key, Instant now)
            throws LifecycleException {
        return Remembered.first(Hierarchy.KIND, id, AuthorityCodec.encode(certificate, sealer.seal(key)), now);
    }

    /** The random end keeps apart the CAs of two installations whose issuers have the same name. */
    private X500Principal subject(String rank, int generation) {
        byte[] mark = new byte[3];
        random.nextBytes(mark);
        String shortened = name.value().substring(0, Math.min(name.value().length(), LONGEST_NAME));
        return new X500Principal("O=Certwright, CN=" + shortened + " " + rank + " CA " + generation + " "
                + HexFormat.of().formatHex(mark).toUpperCase(Locale.ROOT));
    }
}
