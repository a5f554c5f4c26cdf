package io.certwright.config;

import io.certwright.certificate.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the settings with its position and its path from the top ({@code certificates.wsus01.key}). Whoever reads it asks
 * key by key; each wrong value becomes a fault at its place and an empty answer, so that reading goes on and all faults come
 * together. A key whose value is nothing ({@code key:}) counts as absent.
 *
 * <p>A settings record is read so, all keys first, and is empty if anything within the mapping is wrong:
 *
 * <pre>{@code
 * static Optional<ListenerSettings> read(ConfigMapping node) {
 *     Optional<Endpoint> listen = node.requiredValue("listen", Endpoint::parse);
 *     Duration idle = node.duration("idle", DEFAULT_IDLE);
 *     return node.build(() -> new ListenerSettings(listen.orElseThrow(), idle));
 * }
 * }</pre>
 *
 * <p>Not for several threads.
 */
public final class ConfigMapping {
    private final Node.Entries node;
    private final Position position;
    private final @Nullable KeyPath path;
    private final ScalarReading scalars;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private final Map<String, ConfigMapping> children = new HashMap<>();

    ConfigMapping(Node.Entries node, Position position, @Nullable KeyPath path, ScalarReading scalars) {
        this.node = node;
        this.position = position;
        this.path = path;
        this.scalars = scalars;
    }

    /** Where its key stands; of an item of a list, where it starts; of the top, the start of the file. */
    public Position position() {
        return position;
    }

    /** Keys from the top, joined by dots, items of lists as {@code bind[0]}; empty at the top. */
    public String path() {
        return path == null ? "" : path.toString();
    }

    /** The keys that are written, in the order of the file. */
    public Set<String> keys() {
        return node.entries().keySet();
    }

    /** Whether {@code key} is written and is not nothing. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** Where the value of {@code key} stands; without one, {@link #position()}. */
    public Position positionOf(String key) {
        return Optional.ofNullable(node.entries().get(key))
                .map(entry -> entry.value().start())
                .orElse(position);
    }

    /** For what only the reader can know, such as a reference to nothing: {@code got …, wanted …}, at the value of {@code key}. */
    public void fault(String key, String sentence) {
        scalars.faults().add(positionOf(key), pathOf(key) + ": " + sentence);
    }

    /** As {@link #fault(String, String)}, about the mapping as a whole. */
    public void fault(String sentence) {
        scalars.faults().add(position, path == null ? sentence : path + ": " + sentence);
    }

    /** An unquoted number is a text as it is written; {@code true} and {@code false} need quotes. {@code ${env:NAME}} is put in. */
    public Optional<String> text(String key) {
        Node.Scalar scalar = scalar(key, "a text");
        return scalar == null ? Optional.empty() : scalars.text(pathOf(key), scalar);
    }

    public String text(String key, String otherwise) {
        return text(noting(key, otherwise)).orElse(otherwise);
    }

    /** As {@link #text(String)}; absent or blank is a fault and gives an empty text, which {@link #build} never lets through. */
    public String requiredText(String key) {
        Optional<String> text = required(key, text(key));
        if (text.filter(String::isBlank).isPresent()) {
            fault(key, "got a blank text, wanted one that says something");
        }
        return text.orElse("");
    }

    /** Each item of a list; a single value is a list of one; absent is an empty list. */
    public List<String> texts(String key) {
        return values(key, Function.identity());
    }

    public Optional<Integer> integer(String key, int min, int max) {
        Node.Scalar scalar = scalar(key, "a whole number");
        return scalar == null ? Optional.empty() : scalars.integer(pathOf(key), scalar, min, max);
    }

    public int integer(String key, int min, int max, int otherwise) {
        return integer(noting(key, otherwise), min, max).orElse(otherwise);
    }

    public Optional<Boolean> flag(String key) {
        Node.Scalar scalar = scalar(key, "true or false");
        return scalar == null ? Optional.empty() : scalars.flag(pathOf(key), scalar);
    }

    public boolean flag(String key, boolean otherwise) {
        return flag(noting(key, otherwise)).orElse(otherwise);
    }

    /** As {@link DurationText} reads it. */
    public Optional<Duration> duration(String key) {
        return value(key, DurationText::parse);
    }

    public Duration duration(String key, Duration otherwise) {
        return duration(noting(key, otherwise)).orElse(otherwise);
    }

    /** One of the constants of {@code type}, in lower case with hyphens. */
    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        Node.Scalar scalar = scalar(key, "a word");
        return scalar == null ? Optional.empty() : scalars.choice(pathOf(key), scalar, type);
    }

    public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return choice(noting(key, otherwise), type).orElse(otherwise);
    }

    /** Each constant once; absent is an empty list. */
    public <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
        return List.copyOf(new LinkedHashSet<>(values(key, text -> Words.constant(type, text))));
    }

    /** A name that must be among {@code names}, those that the settings give elsewhere. */
    public Optional<String> reference(String key, Collection<String> names) {
        return value(key, name -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("got " + Printable.quote(name) + Words.wanted(name, names));
            }
            return name;
        });
    }

    /** {@code ${env:NAME}}, {@code ${file:PATH}} or the text itself. No message and no rendering ever shows it. */
    public Optional<SecretText> secret(String key) {
        secrets.add(key);
        Node.Scalar scalar = scalar(key, "a secret");
        return scalar == null ? Optional.empty() : scalars.secret(pathOf(key), scalar);
    }

    /** Absolute; a relative one counts from {@link SettingsFile#root()}. Whether it exists is the reader's business. */
    public Optional<Path> path(String key) {
        Node.Scalar scalar = scalar(key, "a path");
        return scalar == null ? Optional.empty() : scalars.path(pathOf(key), scalar);
    }

    /** As {@link #path(String)}; {@code otherwise} is written as in the settings, and a relative one counts as there. */
    public Path path(String key, String otherwise) {
        return path(noting(key, otherwise))
                .orElseGet(() -> scalars.root().resolve(otherwise).normalize());
    }

    /** Each item of a list as {@link #path(String)}; a single one is a list of one. */
    public List<Path> paths(String key) {
        return eachScalar(key, "paths", scalars::path);
    }

    /**
     * The text as {@code parse} understands it.
     *
     * @param parse throws IllegalArgumentException or DateTimeException with a sentence, which becomes the fault
     */
    public <T> Optional<T> value(String key, Function<String, T> parse) {
        Node.Scalar scalar = scalar(key, "a text");
        return scalar == null ? Optional.empty() : scalars.value(pathOf(key), scalar, parse);
    }

    /** As {@link #value(String, Function)}; {@code otherwise} shows itself as people would write it. */
    public <T> T value(String key, Function<String, T> parse, T otherwise) {
        return value(noting(key, otherwise), parse).orElse(otherwise);
    }

    /** As {@link #value(String, Function)}; absent is a fault, too. */
    public <T> Optional<T> requiredValue(String key, Function<String, T> parse) {
        return required(key, value(key, parse));
    }

    /** Each item of a list by {@code parse}, those that are wrong left out; a single value is a list of one. */
    public <T> List<T> values(String key, Function<String, T> parse) {
        return eachScalar(key, "texts", (what, scalar) -> scalars.value(what, scalar, parse));
    }

    /** Makes {@code found} required: where {@code key} is absent, that is a fault. */
    public <T> Optional<T> required(String key, Optional<T> found) {
        if (found.isEmpty() && isAbsent(key)) {
            scalars.faults().add(position, pathOf(key) + ": is missing, wanted a value");
        }
        return found;
    }

    public Optional<ConfigMapping> mapping(String key) {
        Node value = find(key);
        return value == null ? Optional.empty() : child(key, value, keyPosition(key));
    }

    /** As {@link #mapping}; an absent one is empty, so that its reader finds all of its defaults. */
    public ConfigMapping section(String key) {
        return mapping(key)
                .orElseGet(() -> children.computeIfAbsent(key, absent -> emptyAt(positionOf(key), pathOf(key))));
    }

    /** Each item of a list of mappings; a single mapping is a list of one; absent is an empty list. */
    public List<ConfigMapping> mappings(String key) {
        List<ConfigMapping> found = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            child(KeyPath.item(key, i), items.get(i), items.get(i).start()).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** The mappings below a mapping, by their names, in the order of the file; one that is nothing ({@code lab:}) is empty. */
    public Map<String, ConfigMapping> named(String key) {
        return mapping(key).map(ConfigMapping::all).orElse(Map.of());
    }

    private Map<String, ConfigMapping> all() {
        Map<String, ConfigMapping> all = new LinkedHashMap<>();
        node.entries().forEach((name, entry) -> {
            known.add(name);
            child(name, isNull(entry.value()) ? emptyAt(entry.key(), null).node : entry.value(), entry.key())
                    .ifPresent(mapping -> all.put(name, mapping));
        });
        return all;
    }

    /** Each key that nobody asked for becomes a fault, with the one that may have been meant. Harmless twice. */
    public void finish() {
        node.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                scalars.faults().add(entry.key(), pathOf(key) + ": unknown key" + Words.wanted(key, known));
            }
        });
    }

    /**
     * Ends the reading: {@link #finish()}, then what {@code making} makes of the values read before; empty if anything within the
     * mapping is wrong, and then {@code making} is not asked. What a record's constructor refuses becomes a fault at this mapping.
     * Every key must have been asked for before, never in {@code making}.
     */
    public <T> Optional<T> build(Supplier<T> making) {
        finish();
        if (isFaulty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(making.get());
        } catch (IllegalArgumentException refused) {
            fault(Words.sentenceOf(refused));
            return Optional.empty();
        }
    }

    private boolean isFaulty() {
        return scalars.faults().isAnyBetween(position, node.end());
    }

    private Node.@Nullable Scalar scalar(String key, String wanted) {
        Node value = find(key);
        if (value == null || value instanceof Node.Scalar) {
            return (Node.Scalar) value;
        }
        fault(key, "got " + value.kind() + ", wanted " + wanted);
        return null;
    }

    private <T> List<T> eachScalar(String key, String wanted, Reading<T> reading) {
        List<Node> items = items(key);
        if (items.isEmpty()) {
            return List.of();
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            KeyPath what = pathOf(key).item(i);
            if (items.get(i) instanceof Node.Scalar scalar && !scalar.isNull()) {
                reading.read(what, scalar).ifPresent(read::add);
            } else if (!(items.get(i) instanceof Node.Unusable)) {
                String got = items.get(i).kind();
                scalars.faults().add(items.get(i).start(), what + ": got " + got + ", wanted a list of " + wanted);
            }
        }
        return List.copyOf(read);
    }

    private List<Node> items(String key) {
        Node value = find(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof Node.Items list ? list.items() : List.of(value);
    }

    private Optional<ConfigMapping> child(String key, Node value, Position at) {
        if (value instanceof Node.Entries entries) {
            return Optional.of(
                    children.computeIfAbsent(key, name -> new ConfigMapping(entries, at, pathOf(name), scalars)));
        }
        if (!(value instanceof Node.Unusable)) {
            scalars.faults().add(value.start(), pathOf(key) + ": got " + value.kind() + ", wanted a mapping");
        }
        return Optional.empty();
    }

    private ConfigMapping emptyAt(Position at, @Nullable KeyPath where) {
        return new ConfigMapping(new Node.Entries(Map.of(), at, at), at, where, scalars);
    }

    private @Nullable Node find(String key) {
        known.add(key);
        Node.Entry entry = node.entries().get(key);
        return entry == null || isNull(entry.value()) || entry.value() instanceof Node.Unusable ? null : entry.value();
    }

    private boolean isAbsent(String key) {
        return Optional.ofNullable(node.entries().get(key))
                .map(entry -> isNull(entry.value()))
                .orElse(true);
    }

    private Position keyPosition(String key) {
        return Optional.ofNullable(node.entries().get(key)).map(Node.Entry::key).orElse(position);
    }

    private static boolean isNull(Node value) {
        return value instanceof Node.Scalar scalar && scalar.isNull();
    }

    private String noting(String key, Object otherwise) {
        defaults.put(key, otherwise);
        return key;
    }

    private KeyPath pathOf(String key) {
        return new KeyPath(path, key);
    }

    Node.Entries node() {
        return node;
    }

    /** One below this that no reader has read, for rendering. */
    ConfigMapping unread(Node.Entries entries) {
        return new ConfigMapping(entries, entries.start(), path, scalars);
    }

    /** The defaults that readers named, by key: texts, numbers, flags, durations, words, and what shows itself as people would write it. */
    Map<String, Object> defaults() {
        return defaults;
    }

    /** The keys that readers read as secrets. */
    Set<String> secrets() {
        return secrets;
    }

    /** The mappings that readers read, by key or {@code key[index]}. */
    Map<String, ConfigMapping> children() {
        return children;
    }

    private interface Reading<T> {
        Optional<T> read(KeyPath what, Node.Scalar scalar);
    }
}
