package io.certwright.enrollment.adcs.ces;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One element of a message that is read.
 *
 * @param name the local one
 * @param attributes those without a namespace of their own
 * @param text its own, without that of its children
 */
record XmlElement(
        String namespace, String name, Map<String, String> attributes, String text, List<XmlElement> children) {
    XmlElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    boolean is(String wantedNamespace, String wantedName) {
        return namespace.equals(wantedNamespace) && name.equals(wantedName);
    }

    Stream<XmlElement> all(String wantedNamespace, String wantedName) {
        return children.stream().filter(child -> child.is(wantedNamespace, wantedName));
    }

    /** The first child of that name. */
    Optional<XmlElement> find(String wantedNamespace, String wantedName) {
        return all(wantedNamespace, wantedName).findFirst();
    }

    /** Down a line of children of one namespace, the first of each name. */
    Optional<XmlElement> find(String wantedNamespace, List<String> names) {
        Optional<XmlElement> found = Optional.of(this);
        for (String next : names) {
            found = found.flatMap(element -> element.find(wantedNamespace, next));
        }
        return found;
    }

    /** The text of a child, without the space around it; empty where there is none or it says nothing. */
    Optional<String> textOf(String wantedNamespace, String wantedName) {
        return find(wantedNamespace, wantedName)
                .map(element -> element.text().strip())
                .filter(found -> !found.isEmpty());
    }
}
