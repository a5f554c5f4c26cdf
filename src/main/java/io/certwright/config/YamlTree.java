package io.certwright.config;

import io.certwright.certificate.Printable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 text as {@link Node}s. Built from parse events instead of the library's own nodes, so that depth is bounded, and that
 * duplicate keys, aliases, anchors and tags are all reported, each at its place, instead of the first one alone.
 */
final class YamlTree {
    private static final int DEEPEST = 32;

    private final Iterator<Event> events;
    private final String file;
    private final Faults faults;

    private YamlTree(Iterator<Event> events, String file, Faults faults) {
        this.events = events;
        this.file = file;
        this.faults = faults;
    }

    /** Empty if the text is no YAML or holds no document; then {@code faults} says why. */
    static Optional<Node> parse(String text, String file, Faults faults) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            return new YamlTree(new Parse(settings).parseString(text).iterator(), file, faults).document();
        } catch (YamlEngineException complaint) {
            YamlComplaint.report(complaint, text, file, faults);
            return Optional.empty();
        } catch (NumberFormatException cutShort) {
            // The library reads the digits of an escape without looking whether they are there.
            faults.add(
                    Position.ofWhole(file),
                    "got an escape in double quotes without its hexadecimal digits, wanted one such as \\u00e4, or"
                            + " single quotes around the text");
            return Optional.empty();
        }
    }

    private Optional<Node> document() {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            faults.add(
                    Position.ofWhole(file),
                    "is empty, wanted settings: write them, or start from the annotated example");
            return Optional.empty();
        }
        Node root = node(events.next(), 0);
        events.next();
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            faults.add(start(next), "got a second document (---), wanted all settings in one");
        }
        return Optional.of(root);
    }

    private Node node(Event event, int depth) {
        NodeEvent node = (NodeEvent) event;
        if (node.getEventId() == Event.ID.Alias) {
            faults.add(start(node), "got an alias (*), wanted the value itself: settings know no anchors");
            return new Node.Unusable(start(node), end(node));
        }
        if (depth > DEEPEST) {
            // Stop here: the parser's work for each further bracket grows with their number.
            throw new ParserException(YamlComplaint.TOO_DEEP, node.getStartMark());
        }
        refuseAnchorAndTag(node);
        if (node instanceof ScalarEvent scalar) {
            return new Node.Scalar(scalar.getValue(), scalar.isPlain(), start(scalar), end(scalar));
        }
        return node.getEventId() == Event.ID.SequenceStart ? items(node, depth) : entries(node, depth);
    }

    private Node items(NodeEvent begin, int depth) {
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new Node.Items(List.copyOf(items), start(begin), end(event));
    }

    private Node entries(NodeEvent begin, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Node key = node(event, depth + 1);
            Node value = node(events.next(), depth + 1);
            addEntry(entries, key, value);
            event = events.next();
        }
        return new Node.Entries(entries, start(begin), end(event));
    }

    private void addEntry(Map<String, Node.Entry> entries, Node key, Node value) {
        if (!(key instanceof Node.Scalar word) || word.text().isEmpty()) {
            faults.add(key.start(), "got " + key.kind() + " as a key, wanted a word");
            return;
        }
        Node.Entry first = entries.putIfAbsent(word.text(), new Node.Entry(key.start(), value));
        if (first != null) {
            faults.add(
                    key.start(),
                    "got the key " + Printable.quote(word.text()) + " twice, wanted it once: it stands in line "
                            + first.key().line() + " already");
        }
    }

    private void refuseAnchorAndTag(NodeEvent node) {
        node.getAnchor()
                .ifPresent(anchor -> faults.add(
                        start(node),
                        "got the anchor " + Printable.quote("&" + anchor) + ", wanted none: settings know no anchors"));
        Optional<String> tag = node instanceof ScalarEvent scalar
                ? scalar.getTag()
                : node instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        tag.ifPresent(got -> faults.add(
                start(node), "got the tag " + Printable.quote(got) + ", wanted none: settings know no tags"));
    }

    private Position start(Event event) {
        return at(event.getStartMark());
    }

    private Position end(Event event) {
        return at(event.getEndMark());
    }

    private Position at(Optional<Mark> mark) {
        return mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(Position.ofWhole(file));
    }
}
