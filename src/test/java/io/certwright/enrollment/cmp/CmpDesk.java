package io.certwright.enrollment.cmp;

import io.certwright.config.SecretText;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.SecretBytes;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.PollPause;
import io.certwright.http.ClientIdentityFile;
import io.certwright.http.HttpAccess;
import io.certwright.testing.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Issuers of tests, each set up a little differently. */
final class CmpDesk {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final KeySealer sealer;
    private final IssuerMemory memory;
    private String url;
    private HttpAccess access = HttpAccess.DIRECT;
    private Optional<SharedSecret> secret = secret(TestCmpGuard.SECRET, SharedSecret.Mac.PBM);
    private Optional<ClientIdentityFile> signing = Optional.empty();
    private List<Path> anchors = List.of();
    private List<Path> signers = List.of();
    private Manner.Message message = Manner.Message.IR;
    private Manner.Confirmation confirmation = Manner.Confirmation.IMPLICIT;
    private boolean update = true;
    private Clock clock = Clock.systemUTC();
    private PollPause pause = duration -> {};

    CmpDesk(Path folder, KeySealer sealer, IssuerMemory memory, String url) {
        this.folder = folder;
        this.sealer = sealer;
        this.memory = memory;
        this.url = url;
    }

    CmpDesk(Path folder, KeySealer sealer, IssuerMemory memory, TestCmpServer server) {
        this(folder, sealer, memory, "http://127.0.0.1:" + server.port() + "/cmp");
        anchor(server.ca().root().certificate());
    }

    static Optional<SharedSecret> secret(String text, SharedSecret.Mac mac) {
        return Optional.of(new SharedSecret(TestCmpGuard.REFERENCE, SecretText.of(text), mac));
    }

    CmpDesk secret(Optional<SharedSecret> next) {
        secret = next;
        return this;
    }

    CmpDesk signingAs(TestCertificate leaf) {
        secret = Optional.empty();
        try (SecretBytes key = PemCodec.privateKey(leaf.keyPair().getPrivate())) {
            String both = PemCodec.certificate(leaf.certificate()) + new String(key.toChars());
            signing = Optional.of(new ClientIdentityFile(written("client.pem", both), Optional.empty()));
        }
        return this;
    }

    CmpDesk anchor(X509Certificate root) {
        anchors = List.of(written("root-" + root.getSerialNumber().toString(36) + ".pem", PemCodec.certificate(root)));
        return this;
    }

    CmpDesk signer(X509Certificate certificate) {
        signers = List.of(written(
                "signer-" + certificate.getSerialNumber().toString(36) + ".pem", PemCodec.certificate(certificate)));
        return this;
    }

    CmpDesk through(String address, HttpAccess way) {
        url = address;
        access = way;
        return this;
    }

    CmpDesk asking(Manner.Message next) {
        message = next;
        return this;
    }

    CmpDesk confirming(Manner.Confirmation next) {
        confirmation = next;
        return this;
    }

    CmpDesk withoutUpdates() {
        update = false;
        return this;
    }

    CmpDesk at(Clock time) {
        clock = time;
        return this;
    }

    CmpDesk pausing(PollPause next) {
        pause = next;
        return this;
    }

    CmpIssuer issuer() {
        CmpSettings settings = new CmpSettings(
                URI.create(url),
                access,
                secret,
                signing,
                new CmpSettings.Trust(anchors, signers),
                new Manner(message, update, confirmation, Optional.empty(), Optional.empty()));
        return new CmpIssuer(new IssuerName("cmp"), settings, new CmpParts(memory, sealer, clock, RANDOM, pause));
    }

    private Path written(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
