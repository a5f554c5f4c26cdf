package io.certwright.alert.mail;

import java.time.Duration;

/** How long we wait for a mail server: for its connection, for each answer, for each write, and for one mail as a whole. */
public record MailLimits(Duration connect, Duration read, Duration write, Duration whole) {
    /** A server may take half a minute to look at a message; one that sends a byte a second is cut off after two minutes. */
    public static MailLimits standard() {
        return new MailLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(2));
    }
}
