package io.certwright.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that is wrong in the settings, collected while they are read, so that people mend all of it at once. Nothing starts
 * while it is not empty. Not for several threads.
 */
public final class Faults {
    private final Set<Fault> found = new LinkedHashSet<>();

    /** The same fault at the same place counts once. */
    public void add(Position at, String sentence) {
        found.add(new Fault(at, sentence));
    }

    void addAll(Faults others) {
        found.addAll(others.found);
    }

    /** In the order of the file; at the same place in the order in which they were found. */
    public List<Fault> list() {
        List<Fault> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Fault::at));
        return List.copyOf(sorted);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something is wrong at {@code from}, or after it and before {@code to}. */
    boolean isAnyBetween(Position from, Position to) {
        return !found.isEmpty()
                && found.stream()
                        .map(Fault::at)
                        .anyMatch(at -> at.equals(from) || (at.compareTo(from) > 0 && at.compareTo(to) < 0));
    }

    /** One fault a line. */
    @Override
    public String toString() {
        return String.join("\n", list().stream().map(Fault::toString).toList());
    }
}
