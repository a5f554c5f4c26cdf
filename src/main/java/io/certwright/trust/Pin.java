package io.certwright.trust;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * A leaf that pinning clients accept. The Windows Update agent looks the presented leaf up in its
 * {@code WindowsServerUpdateServices} store by SHA-1 thumbprint; a CA certificate there matches nothing, so it is refused here.
 *
 * @param server whose leaf this is, for people; several servers with one certificate are joined by a comma and a space
 */
public record Pin(X509Certificate leaf, String server) {
    private static final String SEPARATOR = ", ";

    public Pin {
        if (server.isBlank() || server.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("pin of " + Roles.describe(leaf) + ": got server "
                    + Printable.quote(server) + ", wanted the name of the server that presents it");
        }
        if (Roles.isCa(leaf) && !Roles.isSelfSigned(leaf)) {
            throw new IllegalArgumentException("pin of " + Roles.describe(leaf)
                    + ": got an intermediate CA certificate, wanted the leaf that " + server
                    + " presents; clients compare the leaf alone");
        }
    }

    public Thumbprint thumbprint() {
        return Thumbprint.of(leaf);
    }

    public Sha256Fingerprint sha256() {
        return Sha256Fingerprint.of(leaf);
    }

    /** Whether that server shows this leaf. */
    public boolean isOf(String name) {
        return Arrays.asList(server.split(SEPARATOR)).contains(name);
    }

    boolean isSameLeafAs(Pin other) {
        return leaf.equals(other.leaf);
    }

    /** One leaf on several servers is one pin with all their names. */
    Pin joinedWith(Pin other) {
        TreeSet<String> servers = new TreeSet<>(Arrays.asList(server.split(SEPARATOR)));
        servers.addAll(Arrays.asList(other.server.split(SEPARATOR)));
        return new Pin(leaf, String.join(SEPARATOR, servers));
    }

    @Override
    public String toString() {
        return "pin " + thumbprint().abbreviated() + " of " + server;
    }
}
