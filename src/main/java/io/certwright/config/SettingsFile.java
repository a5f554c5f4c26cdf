package io.certwright.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A settings file (YAML 1.2, UTF-8, at most 1 MB) and the environment that its placeholders name. Reading it again reads all of
 * it again. Not for several threads.
 */
public final class SettingsFile {
    private static final int LONGEST = 1024 * 1024;

    private final Path file;
    private final String name;
    private final Map<String, String> environment;
    private final Map<String, SecretText> unwritten;
    private final Set<Path> filesRead = new LinkedHashSet<>();
    private @Nullable FutureTask<Content> ahead;

    /** @param environment the variables that {@code ${env:NAME}} may name */
    public SettingsFile(Path file, Map<String, String> environment) {
        this(file, environment, Map.of());
    }

    /** @param unwritten what files that are not there yet will hold, by the PATH of their {@code ${file:PATH}} */
    public SettingsFile(Path file, Map<String, String> environment, Map<String, SecretText> unwritten) {
        this.unwritten = Map.copyOf(unwritten);
        this.file = file.toAbsolutePath().normalize();
        this.name = file.toString();
        this.environment = environment;
    }

    /** The file itself, absolute. */
    public Path path() {
        return file;
    }

    /**
     * The folder from which relative paths in the settings count, whatever folder a process runs in: the one above the settings
     * file's, if that is called {@code config}; else the settings file's own. A relative {@code ${file:PATH}} counts from the
     * settings file's own folder.
     */
    public Path root() {
        Path folder = folder();
        Path above = folder.getParent();
        return above != null && folder.endsWith("config") ? above : folder;
    }

    /** What the file holds and what is wrong with its form; nobody has asked yet what it means. */
    private record Content(boolean isReadable, Optional<Node> tree, Faults faults) {}

    /** Begins on a thread of its own to read what the next {@link #read} takes, so that a start can do other work meanwhile. */
    public void readAhead() {
        FutureTask<Content> task = new FutureTask<>(this::content);
        ahead = task;
        Thread thread = new Thread(task, "certwright-settings");
        thread.setDaemon(true);
        thread.start();
    }

    /** The settings; empty if there are none to be read at all, and then {@code faults} says why. */
    public Optional<ConfigMapping> read(Faults faults) {
        Content content = contentReadAhead().filter(Content::isReadable).orElseGet(this::content);
        faults.addAll(content.faults());
        return content.tree().flatMap(tree -> mapping(tree, faults));
    }

    private Optional<Content> contentReadAhead() {
        FutureTask<Content> task = ahead;
        ahead = null;
        try {
            return task == null ? Optional.empty() : Optional.of(task.get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            return Optional.empty();
        }
    }

    private Content content() {
        Faults faults = new Faults();
        FileText content = FileText.read(file, name, LONGEST);
        if (content.text().isEmpty()) {
            faults.add(content.position(), content.fault());
        }
        Optional<Node> tree = content.text().flatMap(text -> tree(text, faults));
        return new Content(content.text().isPresent(), tree, faults);
    }

    private Optional<Node> tree(String text, Faults faults) {
        KeptTree kept = new KeptTree(root().resolve("data").resolve("settings.places"));
        Optional<Node> known = kept.find(text, name);
        if (known.isPresent()) {
            return known;
        }
        Optional<Node> parsed = YamlTree.parse(text, name, faults);
        if (faults.isEmpty()) {
            parsed.ifPresent(tree -> kept.keep(text, tree));
        }
        return parsed;
    }

    /** As {@link #read}, of {@code text} instead of what the file holds. */
    public Optional<ConfigMapping> parse(String text, Faults faults) {
        return YamlTree.parse(text, name, faults).flatMap(tree -> mapping(tree, faults));
    }

    private Optional<ConfigMapping> mapping(Node tree, Faults faults) {
        Placeholders placeholders = new Placeholders(environment, unwritten, folder(), filesRead::add);
        ScalarReading scalars = new ScalarReading(faults, placeholders, root());
        if (tree instanceof Node.Entries entries) {
            return Optional.of(new ConfigMapping(entries, new Position(name, 1, 1), null, scalars));
        }
        if (!(tree instanceof Node.Unusable)) {
            faults.add(tree.start(), "got " + tree.kind() + ", wanted a mapping such as \"issuers: …\" at the top");
        }
        return Optional.empty();
    }

    /** The settings file and every file that a secret was read from so far, there or not. */
    public Set<Path> filesRead() {
        Set<Path> all = new LinkedHashSet<>(filesRead);
        all.add(file);
        return Set.copyOf(all);
    }

    private Path folder() {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }
}
