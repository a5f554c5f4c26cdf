package io.certwright.alert.mail;

import io.certwright.alert.Alert;
import io.certwright.alert.Digest;
import java.util.List;

/** How much of a digest stands in the mail: a mail of ten thousand alerts in full would be cut off or refused on its way. */
record DigestView(String subject, List<Alert> inFull, List<Alert> asLines, int leftOut) {
    private static final int MOST_IN_FULL = 40;
    private static final int MOST_AS_LINES = 400;

    static DigestView of(Digest digest) {
        List<Alert> all = digest.alerts();
        int full = Math.min(MOST_IN_FULL, all.size());
        int shown = Math.min(full + MOST_AS_LINES, all.size());
        return new DigestView(digest.subject(), all.subList(0, full), all.subList(full, shown), all.size() - shown);
    }
}
