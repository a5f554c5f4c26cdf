package io.certwright.lifecycle.resume;

import io.certwright.binding.listener.ListenerFollower;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.QuickJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The parent's hold on one {@link StoryChild}. It dies by SIGKILL: no hook runs, no buffer is flushed, no lock is given back. */
final class Child implements AutoCloseable {
    private static final Duration LONGEST_STORY = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final ListenerFollower listener;
    private final Path errors;

    private Child(Process process, ListenerFollower listener, Path errors) {
        this.process = process;
        this.listener = listener;
        this.errors = errors;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** How a run ended: with an outcome, or by the kill, after the last moment that it told. */
    record Ended(Optional<String> outcome, String lastMoment) {
        boolean wasKilled() {
            return outcome.isEmpty();
        }
    }

    static Child start(List<String> arguments, ListenerFollower listener, Path errors) {
        List<String> command = new ArrayList<>(QuickJava.command(StoryChild.class));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            return new Child(process, listener, errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs the story and lets it end, or kills it {@code delay} after it has told that it passes the moment of the plan. */
    Ended run(String urge, KillPlan plan) {
        String last = "start";
        try {
            in.write(urge + " " + (plan.standsStill() ? plan.moment() : StoryChild.NOWHERE) + "\n");
            in.flush();
            long limit = System.nanoTime() + LONGEST_STORY.toNanos();
            for (Optional<String> line = read(limit); line.isPresent(); line = read(limit)) {
                String told = line.get();
                if (told.startsWith("at ")) {
                    last = told.substring(3);
                    if (last.equals(plan.moment())) {
                        return killed(plan.delay(), last);
                    }
                } else if (told.equals("refresh")) {
                    listener.refresh();
                    in.write("refreshed\n");
                    in.flush();
                } else if (told.startsWith("done ")) {
                    return new Ended(Optional.of(told.substring(5)), last);
                }
            }
        } catch (IOException | LifecycleException failed) {
            throw new IllegalStateException("child " + process.pid() + ", errors in " + errors, failed);
        }
        throw new AssertionError("child " + process.pid() + " ended by itself after " + last + "; see " + errors);
    }

    private Ended killed(Duration delay, String last) throws IOException {
        LockSupport.parkNanos(delay.toNanos());
        process.toHandle().destroyForcibly();
        String seen = last;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(StoryChild.MARK + "at ")) {
                seen = line.substring(StoryChild.MARK.length() + 3);
            }
        }
        awaitEnd();
        return new Ended(Optional.empty(), seen);
    }

    private Optional<String> read(long limit) throws IOException {
        while (System.nanoTime() < limit) {
            String line = out.readLine();
            if (line == null) {
                return Optional.empty();
            }
            if (line.startsWith(StoryChild.MARK) && !line.equals(StoryChild.MARK + "ready")) {
                return Optional.of(line.substring(StoryChild.MARK.length()));
            }
        }
        throw new AssertionError("child " + process.pid() + " took longer than " + LONGEST_STORY);
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("child " + process.pid() + " survived SIGKILL for 20 s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
