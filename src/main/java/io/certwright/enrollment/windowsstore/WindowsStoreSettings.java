package io.certwright.enrollment.windowsstore;

import io.certwright.config.ConfigMapping;
import io.certwright.config.DurationOrShare;
import io.certwright.config.LifetimeShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which host's store is watched, and for what.
 *
 * @param host of the settings
 * @param leastLeft what a certificate must still have of its life to be taken
 * @param anchors files with the roots that a certificate must lead to, and that clients need; none: whatever root it leads to
 * @param askAgain how often it is looked whether one has come
 */
public record WindowsStoreSettings(String host, DurationOrShare leastLeft, List<Path> anchors, Duration askAgain) {
    private static final LifetimeShare HALF = new LifetimeShare(500);
    private static final Duration HOUR = Duration.ofHours(1);

    public WindowsStoreSettings {
        anchors = List.copyOf(anchors);
        if (askAgain.isNegative() || askAgain.isZero()) {
            throw new IllegalArgumentException("ask-again: got no time at all, wanted 1s or more");
        }
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<WindowsStoreSettings> read(ConfigMapping node) {
        String host = node.requiredText("host");
        DurationOrShare leastLeft = node.value("least-left", DurationOrShare::parse, HALF);
        List<Path> anchors = node.paths("anchors");
        Duration askAgain = node.duration("ask-again", HOUR);
        return host.isEmpty()
                ? Optional.empty()
                : node.build(() -> new WindowsStoreSettings(host, leastLeft, anchors, askAgain));
    }
}
