package io.certwright.app.settings;

import io.certwright.binding.BindingName;
import io.certwright.binding.ListenerAssignments;
import io.certwright.binding.ServableCertificates;
import io.certwright.binding.ServerBinding;
import io.certwright.binding.files.FilesBinding;
import io.certwright.binding.files.FilesSettings;
import io.certwright.binding.iis.IisBinding;
import io.certwright.binding.iis.IisServer;
import io.certwright.binding.iis.IisSettings;
import io.certwright.binding.listener.Listener;
import io.certwright.binding.listener.ListenerBinding;
import io.certwright.binding.listener.ListenerFollower;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.config.ConfigMapping;
import io.certwright.crypto.KeySealer;
import io.certwright.probe.Endpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A binding as the settings describe it, ready to be made of what it needs. A new kind is one case in {@link #read}.
 *
 * @param iis its settings, where it is one in IIS
 */
public record BindingChoice(BindingName name, Optional<IisSettings> iis, Function<Parts, ServerBinding> making) {
    private BindingChoice(BindingName name, Function<Parts, ServerBinding> making) {
        this(name, Optional.empty(), making);
    }

    /**
     * What bindings are made of.
     *
     * @param listen where our own listener listens
     * @param here the listener of this process, if it serves
     * @param kept the folder for what a binding keeps for the way back
     * @param windows the Windows hosts of the settings
     */
    public record Parts(
            Endpoint listen,
            ListenerFollower here,
            ListenerAssignments assignments,
            ServableCertificates certificates,
            KeySealer sealer,
            WindowsHosts windows,
            Path kept,
            Clock clock,
            SecureRandom random) {
        /** A folder of this binding alone, whatever characters its name has. */
        Path keptFor(BindingName name) {
            return kept.resolve(Sha256Fingerprint.ofDer(name.value().getBytes(StandardCharsets.UTF_8))
                    .hex()
                    .substring(0, 16));
        }
    }

    public ServerBinding make(Parts parts) {
        return making.apply(parts);
    }

    /**
     * Reads one item of {@code bind:} by its {@code type}.
     *
     * @param hosts the names of {@code hosts:}
     * @param names under which clients ask for the certificate
     */
    static Optional<BindingChoice> read(ConfigMapping node, Collection<String> hosts, List<DnsName> names) {
        String type = node.requiredText("type");
        return switch (type) {
            case "listener" -> node.build(BindingChoice::listener);
            case "files" -> FilesSettings.read(node).map(BindingChoice::files);
            case "iis" -> IisSettings.read(node, hosts).map(settings -> iis(settings, names));
            case "" -> Optional.empty();
            default -> {
                node.fault("type", "got \"" + type + "\", wanted listener, files or iis");
                yield Optional.empty();
            }
        };
    }

    private static BindingChoice listener() {
        return new BindingChoice(
                new BindingName("listener:" + Listener.MAIN),
                parts -> new ListenerBinding(
                        Listener.MAIN,
                        parts.listen(),
                        parts.assignments(),
                        parts.certificates(),
                        parts.here(),
                        parts.clock()));
    }

    private static BindingChoice files(FilesSettings settings) {
        BindingName name = FilesBinding.nameOf(settings);
        return new BindingChoice(
                name, parts -> new FilesBinding(settings, parts.keptFor(name), parts.sealer(), parts.random()));
    }

    private static BindingChoice iis(IisSettings settings, List<DnsName> names) {
        return new BindingChoice(settings.name(), Optional.of(settings), parts -> {
            WindowsHosts windows = parts.windows();
            IisServer server = new IisServer(windows.get(settings.host()), windows.addressOf(settings.host()), names);
            return new IisBinding(settings, server, parts.sealer(), parts.random());
        });
    }
}
