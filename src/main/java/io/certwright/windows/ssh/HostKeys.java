package io.certwright.windows.ssh;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.VisitFailure;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;

/** Takes only a host key that stands in the known_hosts file, writes nothing into that file, and remembers what it refused. */
final class HostKeys extends KnownHostsServerKeyVerifier {
    private final String host;
    private final SshSettings settings;
    private volatile Optional<LifecycleException> refused = Optional.empty();

    HostKeys(String host, SshSettings settings) {
        super(RejectAllServerKeyVerifier.INSTANCE, settings.knownHosts());
        this.host = host;
        this.settings = settings;
    }

    /** What it refused, if it did. */
    Optional<LifecycleException> refused() {
        return refused;
    }

    @Override
    protected boolean acceptUnknownHostKey(ClientSession session, SocketAddress remote, PublicKey key) {
        refuse(
                "HOST_KEY_UNKNOWN",
                key,
                ", which " + settings.knownHosts()
                        + " does not have; compare it at the server (ssh-keygen -lf of its host"
                        + " key) and add the line that ssh-keyscan -p " + settings.port() + " " + settings.address()
                        + " prints");
        return false;
    }

    @Override
    public boolean acceptModifiedServerKey(
            ClientSession session, SocketAddress remote, KnownHostEntry entry, PublicKey expected, PublicKey actual) {
        refuse(
                "HOST_KEY_CHANGED",
                actual,
                ", wanted " + KeyUtils.getFingerPrint(expected) + " of " + settings.knownHosts()
                        + "; somebody may stand between, or the server was set up anew: compare it there before you change the file");
        return false;
    }

    @Override
    protected void handleRevokedKey(ClientSession session, SocketAddress remote, PublicKey revoked) {
        refuse(
                "HOST_KEY_REVOKED",
                revoked,
                ", which " + settings.knownHosts() + " calls revoked; find out who answers there");
    }

    private void refuse(String code, PublicKey key, String what) {
        refused = Optional.of(new LifecycleException(
                FailureKind.UNAUTHORIZED,
                code,
                VisitFailure.of(host) + settings.place() + " shows the key " + KeyUtils.getFingerPrint(key) + " ("
                        + KeyUtils.getKeyType(key) + ")" + what));
    }
}
