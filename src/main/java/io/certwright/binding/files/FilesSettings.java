package io.certwright.binding.files;

import io.certwright.binding.HostName;
import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.crypto.Pkcs12Codec.Encryption;
import io.certwright.probe.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which files a certificate is written to: {@code { type: files, fullchain: /etc/nginx/tls/wsus.pem, key: /etc/nginx/tls/wsus.key,
 * reload: [systemctl, reload, nginx], probe: ["127.0.0.1:443"] }}.
 *
 * @param targets absolute paths; a symbolic link is followed, not replaced
 * @param password of the PFX
 * @param keyMode of files with a key that are new, in octal; those that exist keep theirs
 * @param reload a program and its arguments, run without a shell after a change; empty for none
 * @param reloadLimit after which the program and all that it started are ended
 * @param probe where a handshake must show the leaf; may be empty
 */
public record FilesSettings(
        Map<FilePart, Path> targets,
        Optional<SecretText> password,
        Encryption encryption,
        int keyMode,
        List<String> reload,
        Duration reloadLimit,
        List<Endpoint> probe) {
    static final int OWNER_ONLY = 0600;
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(4);

    public FilesSettings {
        targets = Map.copyOf(targets);
        reload = List.copyOf(reload);
        probe = List.copyOf(probe);
        if (!targets.containsKey(FilePart.CERT)
                && !targets.containsKey(FilePart.FULLCHAIN)
                && !targets.containsKey(FilePart.PFX)) {
            throw new IllegalArgumentException(
                    "got no file for the certificate, wanted one of cert, fullchain and pfx");
        }
        if (new HashSet<>(targets.values()).size() < targets.size()) {
            throw new IllegalArgumentException("got one path for two files, wanted a path of its own for each");
        }
        if (targets.containsKey(FilePart.PFX) != password.isPresent()) {
            throw new IllegalArgumentException("got " + (password.isPresent() ? "a password" : "a pfx")
                    + " alone, wanted pfx and password together");
        }
        if (reloadLimit.isNegative() || reloadLimit.isZero() || reloadLimit.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException("got a reload-limit of " + reloadLimit.toSeconds() + " s, wanted 1 s to "
                    + LONGEST_LIMIT.toSeconds() + " s: a host is held no longer than that");
        }
    }

    /** Reads an item of {@code bind} whose type is {@code files}. */
    public static Optional<FilesSettings> read(ConfigMapping node) {
        node.text("type");
        node.text("host")
                .filter(host -> !host.equals(HostName.LOCAL.value()))
                .ifPresent(host -> node.fault(
                        "host",
                        "got " + Printable.quote(host) + ", wanted local: files are written on this machine only"));
        Map<FilePart, Path> targets = new EnumMap<>(FilePart.class);
        for (FilePart part : FilePart.values()) {
            node.path(part.word()).ifPresent(path -> targets.put(part, path));
        }
        Optional<SecretText> password = node.secret("password");
        Encryption encryption = node.choice("pfx-encryption", Encryption.class, Encryption.AES_256);
        int keyMode = node.value("key-mode", FilesSettings::mode).orElse(OWNER_ONLY);
        List<String> reload = node.texts("reload");
        Duration limit = node.duration("reload-limit", DEFAULT_LIMIT);
        List<Endpoint> probe = node.values("probe", Endpoint::parse);
        return node.build(() -> new FilesSettings(targets, password, encryption, keyMode, reload, limit, probe));
    }

    private static int mode(String text) {
        if (!text.matches("0?[0-7]{2}0")) {
            throw new IllegalArgumentException(
                    "got " + text + ", wanted three octal digits such as 640, and nothing for everybody");
        }
        return Integer.parseInt(text, 8);
    }

    /** The path that a binding of these files is known by. */
    Path first() {
        return new EnumMap<>(targets).values().iterator().next();
    }

    /** The paths alone: the reload command may name what is nobody's business. */
    @Override
    public String toString() {
        return "files " + targets;
    }
}
