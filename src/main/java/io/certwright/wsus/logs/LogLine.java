package io.certwright.wsus.logs;

import java.time.Instant;

/**
 * One message of a log.
 *
 * @param at in UTC, from the line's own local time and bias
 * @param message may have line breaks
 */
record LogLine(Instant at, String message) {
    boolean has(String part) {
        return indexOf(part) >= 0;
    }

    private int indexOf(String part) {
        int last = message.length() - part.length();
        for (int i = 0; i <= last; i++) {
            if (message.regionMatches(true, i, part, 0, part.length())) {
                return i;
            }
        }
        return -1;
    }
}
