package io.certwright.windows.simulated;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateDraft;
import io.certwright.crypto.CertificateDraft.Purpose;
import io.certwright.crypto.CertificateSigner;
import io.certwright.crypto.KeyGenerator;
import io.certwright.windows.StoreName;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** What a server looks like on which somebody bound a certificate of a corporate CA a year ago, and forgot it. */
final class BoundByHand {
    private static final Duration LEFT = Duration.ofDays(20);
    private static final Duration YEAR = Duration.ofDays(365);

    private BoundByHand() {}

    static void on(SimulatedServer server, String name, int https, Clock clock, SecureRandom random) {
        Instant end = clock.instant().plus(LEFT);
        KeyGenerator keys = new KeyGenerator(random);
        KeyPair rootKey = keys.generate(KeySpec.P_256);
        KeyPair leafKey = keys.generate(KeySpec.RSA_2048);
        X500Principal rootName = new X500Principal("CN=Demo Corporate Root");
        CertificateSigner root = new CertificateSigner(rootName, rootKey.getPublic(), rootKey.getPrivate(), random);
        X509Certificate anchor = root.sign(draft(
                rootName,
                new ValidityPeriod(end.minus(YEAR), end.plus(YEAR.multipliedBy(9))),
                rootKey,
                Purpose.ROOT,
                List.of()));
        X509Certificate leaf = root.sign(draft(
                new X500Principal("CN=" + name),
                new ValidityPeriod(end.minus(YEAR), end),
                leafKey,
                Purpose.SERVER,
                List.of(name)));
        server.putCertificate(StoreName.ROOT, anchor, Optional.empty(), false);
        server.putCertificate(StoreName.MY, leaf, Optional.of(leafKey.getPrivate()), true);
        server.putHttpSysEntry("ipport=0.0.0.0:" + https, Thumbprint.of(leaf), "My");
    }

    private static CertificateDraft draft(
            X500Principal subject, ValidityPeriod validity, KeyPair key, Purpose purpose, List<String> names) {
        return new CertificateDraft(
                subject,
                validity,
                key.getPublic().getEncoded(),
                purpose,
                SubjectAlternativeNames.ofDns(names.toArray(String[]::new)),
                Optional.empty(),
                Optional.empty());
    }
}
