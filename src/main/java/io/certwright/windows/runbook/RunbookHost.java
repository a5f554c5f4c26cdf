package io.certwright.windows.runbook;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.HandCarried;
import io.certwright.windows.Visit;
import io.certwright.windows.VisitFailure;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A host that only people reach. Each list of calls becomes a bundle: a folder with the script, the request and a command that runs
 * them there. Until its answer lies in the folder, calls end with a failure that is tried again; so the story stops at the first
 * bundle that a person has to carry and goes on from there.
 *
 * <p>An answer about the host counts for a day and until something is changed there; that of a change counts once.
 */
public final class RunbookHost implements WindowsHost {
    private static final Duration FRESH = Duration.ofDays(1);

    private final String name;
    private final Bundles bundles;
    private final Clock clock;

    /** @param folder of this host's bundles; made owner-only where it is missing, for a bundle may hold a key */
    public RunbookHost(String name, Path folder, Clock clock) {
        this.name = name;
        this.bundles = new Bundles(folder);
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        HandCarried carried = new HandCarried(calls);
        try {
            Path bundle = bundles.of(carried);
            Path answer = bundle.resolve(Bundles.ANSWER);
            if (!Files.isRegularFile(answer) || isStale(answer)) {
                bundles.write(name, carried);
                throw waiting(carried, bundle);
            }
            return taken(carried, bundle, answer);
        } catch (IOException full) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "RUNBOOK_NOT_WRITTEN",
                    VisitFailure.of(name) + "its runbook below " + bundles.folder()
                            + " cannot be written or read; check the folder's rights and the disk",
                    full);
        }
    }

    private boolean isStale(Path answer) throws IOException {
        return Files.getLastModifiedTime(answer)
                .toInstant()
                .isBefore(clock.instant().minus(FRESH));
    }

    /** A change makes everything that was said before it old. */
    private Answers taken(HandCarried carried, Path bundle, Path answer) throws IOException, LifecycleException {
        if (Files.size(answer) > Visit.LONGEST_OUTPUT) {
            throw VisitFailure.tooLong(name);
        }
        String printed = Files.readString(answer, StandardCharsets.ISO_8859_1);
        try {
            return carried.answers(name, printed);
        } catch (LifecycleException refused) {
            bundles.discard(bundle);
            throw refused;
        } finally {
            if (!carried.isReadOnly()) {
                bundles.discardAll();
            }
        }
    }

    private LifecycleException waiting(HandCarried carried, Path bundle) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "HOST_RUNBOOK_WAITS",
                VisitFailure.of(name) + "a person has to carry " + carried.functions() + " there: copy " + bundle
                        + " to the host, run run.cmd in it as an administrator, and copy answer.txt back into it; then run this again");
    }

    /** The bundles of one host. */
    private record Bundles(Path folder) {
        static final String ANSWER = "answer.txt";

        Path of(HandCarried carried) {
            return folder.resolve(carried.id());
        }

        void write(String host, HandCarried carried) throws IOException {
            OwnerOnly.ensureFolder(folder);
            Path bundle = of(carried);
            boolean asked = Files.exists(bundle.resolve("request.json")) && !Files.exists(bundle.resolve(ANSWER));
            if (asked && carried.isReadOnly()) {
                return;
            }
            discard(bundle);
            OwnerOnly.ensureFolder(bundle);
            byte[] request = carried.request();
            try {
                BundleText.write(bundle, host, carried.functions(), request);
            } finally {
                Arrays.fill(request, (byte) 0);
            }
        }

        void discard(Path bundle) throws IOException {
            try (var files = Files.newDirectoryStream(bundle)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            } catch (NoSuchFileException none) {
                return;
            }
            Files.delete(bundle);
        }

        void discardAll() throws IOException {
            try (var all = Files.newDirectoryStream(folder)) {
                for (Path bundle : all) {
                    discard(bundle);
                }
            }
        }
    }
}
