package io.certwright.enrollment.manual;

import io.certwright.config.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where requests go and whom clients must trust for the answers.
 *
 * @param folder where {@code NAME.csr} and {@code NAME.txt} are written
 * @param anchors files with the roots of the CA; none where it is a public one
 * @param askAgain how often it is looked whether the answer has come
 * @param template the AD CS template that people are asked to issue by, its internal name or object identifier
 */
public record ManualSettings(Path folder, List<Path> anchors, Duration askAgain, Optional<String> template) {
    private static final Duration HOUR = Duration.ofHours(1);

    public ManualSettings {
        anchors = List.copyOf(anchors);
        if (askAgain.isNegative() || askAgain.isZero()) {
            throw new IllegalArgumentException("ask-again: got no time at all, wanted 1s or more");
        }
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<ManualSettings> read(ConfigMapping node) {
        Optional<Path> folder = node.required("folder", node.path("folder"));
        List<Path> anchors = node.paths("anchors");
        Duration askAgain = node.duration("ask-again", HOUR);
        Optional<String> template = node.text("template");
        return node.build(() -> new ManualSettings(folder.orElseThrow(), anchors, askAgain, template));
    }
}
