package io.certwright.alert;

import io.certwright.alert.YearOfCertificates.Generation;
import io.certwright.certificate.ValidityPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which mails have to go, worked out from the rules by another way than the code under test: by counting days at each look. */
final class ExpectedMails {
    private static final int[] DAYS = {45, 30, 14, 7, 3, 1};

    /** Who is told what, written as one line. */
    private final List<String> mails = new ArrayList<>();

    private final Map<String, String> lastTold = new HashMap<>();
    private final Map<String, Generation> troubled = new HashMap<>();

    void look(YearOfCertificates year, Instant now) {
        for (Generation served : year.servedAt(now)) {
            String stage = stageAt(served, now);
            String sameAgain = served.thumbprint() + stage;
            if (!stage.isEmpty() && !sameAgain.equals(lastTold.put(served.subject(), sameAgain))) {
                expect(year, served, AlertKind.EXPIRY, stage);
            }
            recover(year, served, stage);
        }
    }

    private void recover(YearOfCertificates year, Generation served, String stage) {
        Generation before = troubled.get(served.subject());
        if (before != null && !before.equals(served) && stage.isEmpty()) {
            expect(year, served, AlertKind.RECOVERED, before.thumbprint().hex());
        }
        if (stage.isEmpty()) {
            troubled.remove(served.subject());
        } else {
            troubled.put(served.subject(), served);
        }
    }

    private void expect(YearOfCertificates year, Generation served, AlertKind kind, String stage) {
        for (Recipient to : year.recipients(served.subject())) {
            mails.add(line(to, AlertKey.of(served.subject(), served.thumbprint(), kind, stage)));
        }
    }

    private static String stageAt(Generation served, Instant now) {
        Instant end = served.validity().notAfter();
        if (now.isAfter(end)) {
            return "expired";
        }
        Optional<Instant> graceEnd = served.planned().map(planned -> {
            long third = Duration.between(planned, end).toSeconds() / 3;
            return planned.plusSeconds(Math.min(third, 2 * 86_400));
        });
        Instant from = graceEnd.orElse(served.validity().notBefore());
        String stage = "";
        Instant since = from;
        boolean anyCounts = false;
        for (int days : DAYS) {
            Instant crossing = end.minusSeconds(days * 86_400L);
            if (crossing.isAfter(from)) {
                anyCounts = true;
                if (!now.isBefore(crossing)) {
                    stage = days + "d";
                    since = crossing;
                }
            }
        }
        if (!anyCounts && graceEnd.isPresent() && !now.isBefore(graceEnd.get())) {
            stage = "overdue";
        }
        return stage.isEmpty() ? "" : stage + reminder(served.validity(), since, now);
    }

    /** Every full day since the stage, if that day began in the last week or the last tenth of its life. */
    private static String reminder(ValidityPeriod validity, Instant since, Instant now) {
        long urgent = Math.min(7 * 86_400, validity.lifetime().toSeconds() / 10);
        long days = Duration.between(since, now).toSeconds() / 86_400;
        long left = Duration.between(since.plusSeconds(days * 86_400), validity.notAfter())
                .toSeconds();
        return days == 0 || left > urgent ? "" : " +" + days + (days == 1 ? " day" : " days");
    }

    static String line(Recipient to, AlertKey key) {
        return to + " " + key.subject() + " " + key.thumbprint() + " " + key.kind() + " " + key.stage();
    }

    List<String> mails() {
        return List.copyOf(mails);
    }
}
