package io.certwright.windows;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import io.certwright.windows.HostCall.Nothing;
import io.certwright.windows.HostCall.ProgramOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** WSUS on the host: what its setup recorded, its own tool, its API. */
public sealed interface WsusCall<A extends Record> extends WindowsCall<A> {
    /** Everything under {@code HKLM\SOFTWARE\Microsoft\Update Services\Server\Setup}; nothing where WSUS is not installed. */
    record GetWsusSetup() implements WsusCall<WsusSetup> {}

    /** The values of that key. */
    record WsusSetup(List<SetupValue> values) {
        public WsusSetup {
            values = List.copyOf(values);
        }

        /** The value as text, whatever its kind; names differ in case on some servers. */
        public Optional<String> find(String name) {
            return values.stream()
                    .filter(value -> value.name().equalsIgnoreCase(name))
                    .map(SetupValue::text)
                    .findFirst();
        }
    }

    /**
     * One value of the registry key of WSUS's setup.
     *
     * @param kind {@code DWord}, {@code String}, {@code ExpandString} and so on
     */
    record SetupValue(String name, String kind, String text) {}

    /** Puts a recorded value of that key back, for undo alone: going forward is {@link InvokeConfigureSsl}. */
    record SetWsusSetupValue(String name, String kind, String text) implements WsusCall<Nothing> {
        private static final Pattern KIND = Pattern.compile("DWord|String|ExpandString");

        public SetWsusSetupValue {
            WindowsCall.requireText("value name", name);
            if (!KIND.matcher(kind).matches()) {
                throw new IllegalArgumentException(
                        "registry value: got kind " + Printable.quote(kind) + ", wanted DWord, String or ExpandString");
            }
        }
    }

    /** Removes a value of that key that was not there before. */
    record RemoveWsusSetupValue(String name) implements WsusCall<Nothing> {
        public RemoveWsusSetupValue {
            WindowsCall.requireText("value name", name);
        }
    }

    /** {@code WsusUtil.exe configuressl}: tells WSUS by which name clients reach it over TLS. May be repeated. */
    record InvokeConfigureSsl(DnsName name) implements WsusCall<ProgramOutput> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(5);
        }
    }

    /** {@code WsusUtil.exe checkhealth}, whose result stands in the Application event log alone. */
    record InvokeCheckHealth() implements WsusCall<ProgramOutput> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(5);
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    /** How WSUS' own API describes the server it runs on. Says nothing about TLS: a local connection always counts as secure. */
    record GetLocalWsus() implements WsusCall<LocalWsus> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(2);
        }
    }

    record LocalWsus(String name, int port, boolean secure, String version) {}

    /** Connects to a WSUS server over TLS as the console does, from this host. */
    record GetWsusByName(DnsName name, int port) implements WsusCall<LocalWsus> {
        public GetWsusByName {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port: got " + port + ", wanted 1 to 65535");
            }
        }

        @Override
        public Duration limit() {
            return Duration.ofMinutes(2);
        }

        @Override
        public boolean needsNetworkLogon() {
            return true;
        }
    }

    /** Where this server takes updates from. */
    record GetUpstream() implements WsusCall<Upstream> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(2);
        }
    }

    /**
     * Where a server synchronizes from.
     *
     * @param server empty where it synchronizes with Microsoft
     */
    record Upstream(boolean fromMicrosoft, String server, int port, boolean ssl, boolean replica) {}

    /** Points this server to its upstream server, which is named by FQDN. */
    record SetUpstream(DnsName server, int port, boolean ssl, boolean replica) implements WsusCall<Nothing> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(3);
        }
    }

    /** Begins a synchronization and does not wait for it. */
    record StartSynchronization() implements WsusCall<Nothing> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(2);
        }
    }

    /** How the last synchronization ended. */
    record GetSynchronization() implements WsusCall<Synchronization> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(2);
        }
    }

    /**
     * The last synchronization.
     *
     * @param running whether one runs now
     * @param result {@code Succeeded}, {@code Failed}, {@code Canceled}, {@code NeverRun}; never localized
     * @param error why it failed, as the API names it
     * @param startedAt of the last that began, in UTC
     */
    record Synchronization(boolean running, String result, String error, Optional<Instant> startedAt) {}
}
