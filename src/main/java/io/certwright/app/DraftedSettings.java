package io.certwright.app;

import io.certwright.app.settings.Settings;
import io.certwright.app.settings.SettingsReading;
import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.OpenSecrets;
import io.certwright.config.SecretText;
import io.certwright.config.SettingsFile;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.setup.Draft;
import io.certwright.setup.NewSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings file of this process, before there is one. A draft is read as the file would be, from memory. */
final class DraftedSettings implements NewSettings {
    private final Path file;
    private final Map<String, String> environment;
    private final Clock clock;
    private final SecureRandom random;

    DraftedSettings(Path file, Map<String, String> environment, Clock clock, SecureRandom random) {
        this.file = file;
        this.environment = environment;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public boolean isThere() {
        return Files.exists(file);
    }

    @Override
    public String pathOf(Path other) {
        return written(other, reading(Map.of()).root());
    }

    @Override
    public String placeholderOf(Path other) {
        return "${file:" + written(other, folder()) + "}";
    }

    /** Relative where it lies below the root, so that the whole may be moved; with slashes, which Windows takes, too. */
    private String written(Path other, Path from) {
        Path absolute = other.toAbsolutePath().normalize();
        return absolute.startsWith(reading(Map.of()).root())
                ? from.relativize(absolute).toString().replace('\\', '/')
                : absolute.toString();
    }

    @Override
    public String freeSecretFile(String usual) {
        String name = "secrets/" + usual;
        int next = 2;
        String free = name;
        while (Files.exists(folder().resolve(free))) {
            free = name + "-" + next;
            next++;
        }
        return free;
    }

    private SettingsFile reading(Map<String, SecretText> typed) {
        return new SettingsFile(file, environment, typed);
    }

    private Path folder() {
        return Optional.ofNullable(reading(Map.of()).path().getParent()).orElse(file);
    }

    @Override
    public List<String> faults(Draft draft) {
        SettingsFile reading = reading(draft.typed());
        Faults faults = new Faults();
        Optional<ConfigMapping> top = reading.parse(draft.text(), faults);
        SettingsReading.read(reading, top, faults);
        List<String> sentences = new ArrayList<>();
        top.map(OpenSecrets::in).orElse(List.of()).stream()
                .sorted()
                .forEach(
                        key -> sentences.add(
                                key
                                        + ": got a secret itself, wanted where it is kept: ${env:NAME} or ${file:PATH}; on a command line all may read it"));
        faults.list().stream().map(Fault::sentence).forEach(sentences::add);
        return sentences;
    }

    @Override
    public Trial trial(Draft draft) {
        SettingsFile reading = reading(draft.typed());
        Faults faults = new Faults();
        Settings settings = SettingsReading.read(reading, reading.parse(draft.text(), faults), faults)
                .orElseThrow(() -> new IllegalStateException("the draft is not sound: " + faults));
        return new DraftTrial(settings, environment, clock, random);
    }

    @Override
    public void write(Draft draft) throws LifecycleException {
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, SecretText> secret : draft.typed().entrySet()) {
                Path place = folder().resolve(secret.getKey());
                if (!isCreated(place, secret.getValue())) {
                    throw refused(place, "is there already, and is not written over", written);
                }
                written.add(place);
            }
            if (!NewFile.create(file, draft.text().getBytes(StandardCharsets.UTF_8))) {
                throw refused(file, "is there already, and is not written over", written);
            }
        } catch (IOException failure) {
            throw refused(
                    file,
                    "cannot be written (" + failure + "); make the folder writable or name another file with --config",
                    written);
        }
    }

    private static boolean isCreated(Path place, SecretText secret) throws IOException {
        byte[] content = secret.revealUtf8();
        try {
            return NewFile.createForOwner(place, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static LifecycleException refused(Path place, String why, List<Path> written) {
        for (Path secret : written) {
            try {
                Files.deleteIfExists(secret);
            } catch (IOException stays) {
                secret.toFile().deleteOnExit();
            }
        }
        return new LifecycleException(
                FailureKind.REFUSED,
                "SETTINGS_NOT_WRITTEN",
                "settings: " + Printable.quote(place.toString()) + " " + why);
    }
}
