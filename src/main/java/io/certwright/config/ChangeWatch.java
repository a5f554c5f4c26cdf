package io.certwright.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notices that files changed, by their contents: a file that comes or goes counts, one that is written anew with the same contents
 * does not. A change is told once, when two looks in a row found the same, so that nobody reads a file that is being written.
 *
 * <p>To be made before the files are read, so that a change in between is noticed. Not for several threads.
 */
public final class ChangeWatch {
    private static final int LONGEST = 2 * 1024 * 1024;

    private final Collection<Path> files;
    private final Clock clock;
    private final Duration interval;
    private Map<Path, String> told;
    private Map<Path, String> seen;
    private Instant lastLook;

    /**
     * What the files hold now is what changes are told against.
     *
     * @param interval how long after one look the next one reads the files again
     */
    public ChangeWatch(Collection<Path> files, Clock clock, Duration interval) {
        this.files = List.copyOf(files);
        this.clock = clock;
        this.interval = interval;
        this.told = look();
        this.seen = told;
        this.lastLook = clock.instant();
    }

    /** Whether the files changed since this was made, or since it last said so. Cheap before the interval is over. */
    public boolean hasChanged() {
        if (!isTimeToLook()) {
            return false;
        }
        lastLook = clock.instant();
        Map<Path, String> before = seen;
        seen = look();
        if (seen.equals(told) || !seen.equals(before)) {
            return false;
        }
        told = seen;
        return true;
    }

    /** A clock that was set back must not stop us from looking. */
    private boolean isTimeToLook() {
        Duration since = Duration.between(lastLook, clock.instant());
        return since.isNegative() || since.compareTo(interval) >= 0;
    }

    private Map<Path, String> look() {
        Map<Path, String> contents = new TreeMap<>();
        files.forEach(file -> contents.put(file, contentOf(file)));
        return contents;
    }

    private static String contentOf(Path file) {
        if (!Files.isRegularFile(file)) {
            return "no file";
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(stream.readNBytes(LONGEST));
            return HexFormat.of().formatHex(digest);
        } catch (IOException unreadable) {
            return "unreadable";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java knows no SHA-256", impossible);
        }
    }
}
