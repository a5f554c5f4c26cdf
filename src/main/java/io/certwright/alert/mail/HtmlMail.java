package io.certwright.alert.mail;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertSeverity;
import io.certwright.alert.TimeWords;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The HTML part: one column that fits a phone, light and dark, nothing fetched from elsewhere. Every colour also stands on the
 * element itself, because some mail programs drop the style sheet.
 */
final class HtmlMail {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; }
            @media (prefers-color-scheme: dark) {
              body, .page { background: #16191d !important; color: #e6e8eb !important; }
              .alert { background: #21262c !important; color: #e6e8eb !important; }
              .quiet { color: #a9b1ba !important; }
              pre { background: #0f1215 !important; color: #e6e8eb !important; }
              .critical { border-color: #ff6b60 !important; } .critical .severity { color: #ff8a80 !important; }
              .urgent { border-color: #ffa14a !important; } .urgent .severity { color: #ffb26b !important; }
              .warning { border-color: #e3c04b !important; } .warning .severity { color: #e8cc6d !important; }
              .note { border-color: #58b979 !important; } .note .severity { color: #7fd09b !important; }
            }
            </style>
            </head>
            <body style="margin:0; padding:0; background:#f2f4f6; color:#1d2329;">
            <div class="page" style="max-width:640px; margin:0 auto; padding:16px 12px; background:#f2f4f6; color:#1d2329; \
            font-family:'Segoe UI',system-ui,-apple-system,Roboto,Arial,sans-serif; font-size:16px; line-height:1.5;">
            %s
            <p class="quiet" style="margin:16px 4px; font-size:13px; color:#56606b;">%s</p>
            </div>
            </body>
            </html>
            """;
    private static final String ALERT = """
            <div class="alert %s" style="margin:0 0 16px; padding:14px 16px; background:#ffffff; color:#1d2329; \
            border-left:6px solid %s; border-radius:6px;">
            <div class="severity" style="font-size:13px; font-weight:600; color:%s;">%s</div>
            <h2 dir="auto" style="margin:2px 0 4px; font-size:19px; line-height:1.35; overflow-wrap:anywhere;">%s</h2>
            <div class="quiet" style="font-size:13px; color:#56606b;">Noticed %s</div>
            %s</div>
            """;
    private static final String SECTION = """
            <h3 style="margin:14px 0 2px; font-size:14px;">%s</h3>
            <div dir="auto" style="overflow-wrap:anywhere;">%s</div>
            """;
    private static final String COMMAND = """
            <pre style="margin:6px 0; padding:8px 10px; background:#eef1f4; color:#1d2329; border-radius:4px; \
            font-family:Consolas,Menlo,'DejaVu Sans Mono',monospace; font-size:14px; white-space:pre-wrap; \
            overflow-wrap:anywhere;">%s</pre>
            """;

    private final TimeWords times;

    HtmlMail(TimeWords times) {
        this.times = times;
    }

    String render(DigestView view) {
        String full = view.inFull().stream().map(this::alert).collect(Collectors.joining());
        return PAGE.formatted(Escape.html(view.subject()), full + lines(view), Escape.html(MailWords.FOOTER));
    }

    private String alert(Alert alert) {
        String commands = alert.commands().stream()
                .map(command -> COMMAND.formatted(Escape.html(command)))
                .collect(Collectors.joining());
        String sections = text(MailWords.WHAT_HAPPENED, alert.whatHappened())
                + text(MailWords.WHAT_NEXT, alert.whatNext())
                + (commands.isEmpty() ? "" : SECTION.formatted(MailWords.WHAT_YOU_CAN_DO, commands));
        return ALERT.formatted(
                alert.severity().name().toLowerCase(Locale.ROOT),
                colour(alert.severity()),
                colour(alert.severity()),
                MailWords.severity(alert.severity()),
                Escape.html(alert.sentence()),
                Escape.html(times.moment(alert.at())),
                sections);
    }

    private static String text(String title, String text) {
        return text.isBlank() ? "" : SECTION.formatted(title, Escape.html(text).replace("\n", "<br>\n"));
    }

    private static String lines(DigestView view) {
        if (view.asLines().isEmpty()) {
            return "";
        }
        String items = view.asLines().stream()
                .map(alert -> "<li dir=\"auto\">" + MailWords.severity(alert.severity()) + ": "
                        + Escape.html(alert.sentence()) + "</li>\n")
                .collect(Collectors.joining());
        String more = view.leftOut() == 0 ? "" : "<p>" + Escape.html(MailWords.leftOut(view.leftOut())) + "</p>\n";
        return "<div class=\"alert\" style=\"padding:14px 16px; background:#ffffff; color:#1d2329; border-radius:6px;\">\n"
                + "<h2 style=\"margin:0; font-size:17px;\">" + MailWords.FURTHER + "</h2>\n"
                + "<ul style=\"padding-left:20px; overflow-wrap:anywhere;\">\n" + items + "</ul>\n" + more + "</div>\n";
    }

    private static String colour(AlertSeverity severity) {
        return switch (severity) {
            case NOTE -> "#2e7d4f";
            case WARNING -> "#8a6a00";
            case URGENT -> "#b45309";
            case CRITICAL -> "#b42318";
        };
    }
}
