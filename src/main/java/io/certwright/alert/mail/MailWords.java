package io.certwright.alert.mail;

import io.certwright.alert.AlertSeverity;

/** The words that both parts of a mail share. */
final class MailWords {
    static final String WHAT_HAPPENED = "What happened";
    static final String WHAT_NEXT = "What happens next by itself";
    static final String WHAT_YOU_CAN_DO = "What you can do now";
    static final String FURTHER = "Further alerts";
    static final String FOOTER =
            "Sent by Certwright to a recipient in its settings. It mails when something changes, and does not"
                    + " repeat itself. All open alerts: certwright alerts list";

    private MailWords() {}

    static String severity(AlertSeverity severity) {
        return switch (severity) {
            case NOTE -> "For your information";
            case WARNING -> "Warning";
            case URGENT -> "Urgent";
            case CRITICAL -> "Act now";
        };
    }

    static String leftOut(int count) {
        return "and " + count + " more, which certwright alerts list shows";
    }
}
