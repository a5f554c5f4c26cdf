package io.certwright.windows.ssh;

import io.certwright.config.SecretText;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.VisitFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Our private key for a host, as OpenSSH or PEM text. */
final class SshKey {
    private SshKey() {}

    static List<KeyPair> read(String host, SecretText key, Optional<SecretText> passphrase) throws LifecycleException {
        byte[] bytes = key.revealUtf8();
        try {
            List<KeyPair> pairs = new ArrayList<>();
            Iterable<KeyPair> read = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("key"), new ByteArrayInputStream(bytes), provider(passphrase));
            if (read != null) {
                read.forEach(pairs::add);
            }
            if (pairs.isEmpty()) {
                throw unreadable(host, new IOException("no key in it"));
            }
            return pairs;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException refused) {
            throw unreadable(host, refused);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static FilePasswordProvider provider(Optional<SecretText> passphrase) {
        return passphrase
                .map(SecretText::reveal)
                .map(chars -> FilePasswordProvider.of(new String(chars)))
                .orElse(FilePasswordProvider.EMPTY);
    }

    private static LifecycleException unreadable(String host, Exception why) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "HOST_KEY_FILE",
                VisitFailure.of(host)
                        + "the private key of the settings cannot be read, wanted OpenSSH or PEM text and,"
                        + " where it is encrypted, key-passphrase; make one with ssh-keygen -t ed25519",
                why);
    }
}
