package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.setup.NewSettings.Trial;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tries new settings part by part, tells what comes of each, and keeps the last answer of each. */
final class InitTrials {
    private final Screen screen;
    private final Map<TriedPart, Tried> results = new EnumMap<>(TriedPart.class);

    InitTrials(Screen screen) {
        this.screen = screen;
    }

    /** What came of one part. */
    record Tried(TriedPart part, String sentence, Optional<LifecycleException> failure) {
        static void write(JsonObject json, Tried tried) {
            json.put("part", tried.part().name().toLowerCase(Locale.ROOT))
                    .put("passed", tried.failure().isEmpty())
                    .putIfPresent("code", tried.failure().map(LifecycleException::code))
                    .put("message", tried.sentence());
        }
    }

    /** Whether it works, or there is nothing to try. */
    boolean isPassed(TriedPart part, Trial trial) {
        results.remove(part);
        screen.progress("trying " + part.words());
        try {
            part.attempt(trial).ifPresent(found -> {
                results.put(part, new Tried(part, found, Optional.empty()));
                screen.say("passed: " + found);
            });
            return true;
        } catch (LifecycleException failed) {
            results.put(part, new Tried(part, String.valueOf(failed.getMessage()), Optional.of(failed)));
            screen.say("failed: " + failed.getMessage());
            return false;
        }
    }

    Collection<Tried> results() {
        return results.values();
    }

    List<LifecycleException> failures() {
        return results.values().stream()
                .flatMap(tried -> tried.failure().stream())
                .toList();
    }

    /** Throws the most urgent failure of all parts, with the sentences of all. */
    void requirePassed() throws LifecycleException {
        Optional<LifecycleException> worst = failures().stream().min(Comparator.comparing(ExitCode::of));
        if (worst.isPresent()) {
            String all = failures().stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
            throw new LifecycleException(
                    worst.get().kind(),
                    worst.get().code(),
                    "init: nothing was written, because " + all
                            + ". Mend that, or add --untested to write it nevertheless.",
                    worst.get());
        }
    }
}
