package io.certwright.windows.ssh;

import io.certwright.config.SecretText;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.BoundedOutput;
import io.certwright.windows.Carrier;
import io.certwright.windows.Visit;
import io.certwright.windows.VisitFailure;
import io.certwright.windows.VisitOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** One SSH session a visit. Takes nothing from the account it runs under: no keys, no agent, no client settings. */
public final class SshCarrier implements Carrier {
    private static final Duration CONNECTING = Duration.ofSeconds(20);
    private static final Duration LOGGING_IN = Duration.ofSeconds(30);

    private final String host;
    private final SshSettings settings;

    public SshCarrier(String host, SshSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    /** A password logs on as at the keyboard; a key does not. */
    @Override
    public boolean hasNetworkLogon() {
        return settings.key().isEmpty();
    }

    @Override
    public VisitOutput carry(Visit visit) throws LifecycleException {
        HostKeys keys = new HostKeys(host, settings);
        Remaining left = new Remaining(visit.limit());
        try (SshClient client = client(keys)) {
            client.start();
            try (ClientSession session = connect(client, keys, left)) {
                return run(session, visit, left);
            }
        } catch (InterruptedIOException stopped) {
            Thread.currentThread().interrupt();
            throw VisitFailure.interrupted(host);
        } catch (IOException lost) {
            throw unreachable("the connection was lost", lost);
        }
    }

    private static SshClient client(HostKeys keys) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(keys);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setPasswordIdentityProvider(PasswordIdentityProvider.EMPTY_PASSWORDS_PROVIDER);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setAgentFactory(null);
        // A visit has its own limit, and PowerShell may think for minutes without a word.
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
        return client;
    }

    private ClientSession connect(SshClient client, HostKeys keys, Remaining left)
            throws IOException, LifecycleException {
        ClientSession session;
        try {
            session = client.connect(settings.user(), settings.address(), settings.port())
                    .verify(left.atMost(CONNECTING))
                    .getSession();
        } catch (InterruptedIOException stopped) {
            throw stopped;
        } catch (IOException nobody) {
            throw unreachable("nobody answers there", nobody);
        }
        try {
            identify(session);
            session.auth().verify(left.atMost(LOGGING_IN));
            return session;
        } catch (InterruptedIOException stopped) {
            session.close(true);
            throw stopped;
        } catch (IOException refused) {
            session.close(true);
            if (keys.refused().isPresent()) {
                throw keys.refused().get();
            }
            throw notLetIn(refused);
        }
    }

    private void identify(ClientSession session) throws IOException, LifecycleException {
        if (settings.key().isPresent()) {
            SshKey.read(host, settings.key().get(), settings.keyPassphrase()).forEach(session::addPublicKeyIdentity);
        } else {
            // The library takes a String; it lives as long as this session.
            settings.password().map(SecretText::reveal).map(String::new).ifPresent(session::addPasswordIdentity);
        }
    }

    private VisitOutput run(ClientSession session, Visit visit, Remaining left) throws IOException, LifecycleException {
        BoundedOutput stdout = BoundedOutput.ofAnswer();
        BoundedOutput stderr = BoundedOutput.ofComplaints();
        try (ChannelExec channel = session.createExecChannel("powershell.exe " + String.join(" ", visit.arguments()))) {
            channel.setIn(new ByteArrayInputStream(visit.input()));
            channel.setOut(stdout);
            channel.setErr(stderr);
            channel.open().verify(left.atMost(CONNECTING));
            Set<ClientChannelEvent> ended = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), left.now());
            if (stdout.isExceeded()) {
                throw VisitFailure.tooLong(host);
            }
            if (ended.contains(ClientChannelEvent.TIMEOUT)) {
                channel.close(true);
                throw VisitFailure.tooSlow(host, visit.limit());
            }
            Integer status = channel.getExitStatus();
            if (status == null) {
                throw unreachable("the connection was lost", new IOException("no exit status"));
            }
            return new VisitOutput(status, stdout.text(), stderr.text());
        }
    }

    private LifecycleException notLetIn(IOException refused) {
        String with = settings.key().isPresent()
                ? "its key; check the account, and for an administrator"
                        + " %ProgramData%\\ssh\\administrators_authorized_keys and its rights"
                : "its password; check account and password, and PasswordAuthentication in"
                        + " %ProgramData%\\ssh\\sshd_config";
        return new LifecycleException(
                FailureKind.UNAUTHORIZED,
                "HOST_LOGIN_DENIED",
                VisitFailure.of(host) + settings.place() + " does not let us in with " + with,
                refused);
    }

    private LifecycleException unreachable(String what, IOException why) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "HOST_UNREACHABLE",
                VisitFailure.of(host) + settings.place() + ": " + what
                        + "; check address, firewall and the service sshd there, it is tried again",
                why);
    }

    /** What is left of a visit's limit. */
    private static final class Remaining {
        private final long end;

        Remaining(Duration limit) {
            this.end = System.nanoTime() + limit.toNanos();
        }

        Duration now() {
            return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        }

        Duration atMost(Duration step) {
            return now().compareTo(step) < 0 ? now() : step;
        }
    }
}
