package io.certwright.app.settings;

import io.certwright.binding.BindingName;
import io.certwright.binding.ListenerAssignments;
import io.certwright.binding.ServableCertificates;
import io.certwright.binding.ServerBinding;
import io.certwright.binding.files.FilesBinding;
import io.certwright.binding.files.FilesSettings;
import io.certwright.binding.listener.Listener;
import io.certwright.binding.listener.ListenerBinding;
import io.certwright.binding.listener.ListenerFollower;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.config.ConfigMapping;
import io.certwright.crypto.KeySealer;
import io.certwright.probe.Endpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** A binding as the settings describe it, ready to be made of what it needs. A new kind is one case in {@link #read}. */
public record BindingChoice(BindingName name, Function<Parts, ServerBinding> making) {

    /**
     * What bindings are made of.
     *
     * @param listen where our own listener listens
     * @param here the listener of this process, if it serves
     * @param kept the folder for what a binding keeps for the way back
     */
    public record Parts(
            Endpoint listen,
            ListenerFollower here,
            ListenerAssignments assignments,
            ServableCertificates certificates,
            KeySealer sealer,
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

    /** Reads one item of {@code bind:} by its {@code type}. */
    static Optional<BindingChoice> read(ConfigMapping node) {
        String type = node.requiredText("type");
        return switch (type) {
            case "listener" -> node.build(BindingChoice::listener);
            case "files" -> FilesSettings.read(node).map(BindingChoice::files);
            case "" -> Optional.empty();
            default -> {
                node.fault("type", "got \"" + type + "\", wanted listener or files");
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
}
