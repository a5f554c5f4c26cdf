package io.certwright.alert.mail;

import io.certwright.alert.Alert;
import io.certwright.alert.TimeWords;
import java.util.stream.Collectors;

/** The plain text part: the same facts in the same order as the HTML part. */
final class TextMail {
    private final TimeWords times;

    TextMail(TimeWords times) {
        this.times = times;
    }

    String render(DigestView view) {
        String full = view.inFull().stream().map(this::alert).collect(Collectors.joining("\n\n----\n\n"));
        return full + lines(view) + "\n\n-- \n" + MailWords.FOOTER + "\n";
    }

    private String alert(Alert alert) {
        return MailWords.severity(alert.severity()) + ": " + alert.sentence()
                + "\nNoticed " + times.moment(alert.at())
                + section(MailWords.WHAT_HAPPENED, alert.whatHappened())
                + section(MailWords.WHAT_NEXT, alert.whatNext())
                + section(
                        MailWords.WHAT_YOU_CAN_DO,
                        alert.commands().stream()
                                .map(command -> "    " + command)
                                .collect(Collectors.joining("\n")));
    }

    private static String section(String title, String text) {
        return text.isBlank() ? "" : "\n\n" + title + "\n" + text;
    }

    private static String lines(DigestView view) {
        if (view.asLines().isEmpty()) {
            return "";
        }
        String lines = view.asLines().stream()
                .map(alert -> "- " + MailWords.severity(alert.severity()) + ": " + alert.sentence())
                .collect(Collectors.joining("\n"));
        return "\n\n----\n\n" + MailWords.FURTHER + "\n" + lines
                + (view.leftOut() == 0 ? "" : "\n" + MailWords.leftOut(view.leftOut()));
    }
}
