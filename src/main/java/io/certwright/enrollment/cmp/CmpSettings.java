package io.certwright.enrollment.cmp;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.http.ClientIdentityFile;
import io.certwright.http.HttpAccess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Which CMP server, and as whom it is asked.
 *
 * @param url the server's whole address; http is usual, for messages are protected themselves
 * @param access how the server is reached and who vouches for its TLS
 * @param secret by which messages are protected; this or {@code signing}
 * @param signing whose signature protects messages; this or {@code secret}
 * @param trust whose answers are believed
 * @param manner how certificates are asked for
 */
public record CmpSettings(
        URI url,
        HttpAccess access,
        Optional<SharedSecret> secret,
        Optional<ClientIdentityFile> signing,
        Trust trust,
        Manner manner) {
    /**
     * Whose answers are believed besides those that know the secret.
     *
     * @param anchors files with the roots that the CA must lead to, and that clients need
     * @param signers files with certificates that may sign answers though they are neither a CA's nor say that they may
     */
    public record Trust(List<Path> anchors, List<Path> signers) {
        public Trust {
            anchors = List.copyOf(anchors);
            signers = List.copyOf(signers);
            if (anchors.isEmpty()) {
                throw new IllegalArgumentException(
                        "anchors: got none, wanted the file with the CA's root: certificates and answers are held against it");
            }
        }
    }

    public CmpSettings {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(wantedUrl(url.toString()));
        }
        if (secret.isPresent() == signing.isPresent()) {
            throw new IllegalArgumentException("got " + (secret.isPresent() ? "both" : "neither")
                    + " secret and signing-certificate, wanted one of them: the CA must see who asks");
        }
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<CmpSettings> read(ConfigMapping node) {
        Optional<URI> url = node.requiredValue("url", CmpSettings::address);
        HttpAccess access = HttpAccess.read(node);
        Optional<String> reference = node.text("reference");
        Optional<SecretText> secret = node.secret("secret");
        SharedSecret.Mac mac = node.choice("mac", SharedSecret.Mac.class, SharedSecret.Mac.PBM);
        Optional<ClientIdentityFile> signing =
                node.mapping("signing-certificate").flatMap(ClientIdentityFile::read);
        List<Path> anchors = node.paths("anchors");
        List<Path> signers = node.paths("signers");
        Manner manner = manner(node);
        return node.build(() -> new CmpSettings(
                url.orElseThrow(),
                access,
                secretOf(reference, secret, mac),
                signing,
                new Trust(anchors, signers),
                manner));
    }

    private static Manner manner(ConfigMapping node) {
        return new Manner(
                node.choice("message", Manner.Message.class, Manner.Message.IR),
                node.flag("update", true),
                node.choice("confirm", Manner.Confirmation.class, Manner.Confirmation.EXPLICIT),
                node.value("recipient", CmpSettings::distinguishedName),
                node.text("profile"));
    }

    private static Optional<SharedSecret> secretOf(
            Optional<String> reference, Optional<SecretText> secret, SharedSecret.Mac mac) {
        if (secret.isEmpty() && reference.isPresent()) {
            throw new IllegalArgumentException("secret: is missing, wanted the secret that belongs to reference");
        }
        return secret.map(known -> new SharedSecret(reference.orElse(""), known, mac));
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(wantedUrl(text), notAnAddress);
        }
    }

    private static X500Principal distinguishedName(String text) {
        try {
            return new X500Principal(text);
        } catch (IllegalArgumentException notAName) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(text) + ", wanted the CA's name such as CN=Contoso Issuing CA,O=Contoso",
                    notAName);
        }
    }

    private static String wantedUrl(String got) {
        return "url: got " + Printable.quote(got)
                + ", wanted the server's whole address, such as http://ra.contoso.com/pkix/servers";
    }
}
