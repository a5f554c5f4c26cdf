package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that nobody looks at the certificates any more, or that the database does not answer, and tells every channel directly: what
 * usually tells people would not. It runs beside the schedule, on a thread of its own, at a steady pace.
 *
 * <p>A clock that jumps, or a machine that slept, makes a look seem long ago until the next one has come to its end: nothing is told
 * before some looks in a row agree.
 */
public final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    /** Of ours, a minute apart: more than the schedule needs to catch up with what it missed. */
    private static final int LOOKS_THAT_AGREE = 5;

    private final Pulses pulses;
    private final Clock clock;
    private final DirectLine line = new DirectLine();
    private Instant lastPass;
    private Instant lastAnswer;
    private String whyNoAnswer = "";
    private int silentPasses;
    private int silentAnswers;

    /** Whom to tell and after how long, from the settings in force. */
    public record Rules(Duration limit, List<Recipient> to, Channels channels) {}

    /** From now on; what was before counts for {@link #gapBefore} alone. */
    public Heartbeat(Pulses pulses, Clock clock) {
        this.pulses = pulses;
        this.clock = clock;
        this.lastPass = clock.instant();
        this.lastAnswer = lastPass;
    }

    /**
     * What people should know when a service starts after nobody looked for long. For the outbox: all is well again.
     *
     * @param limit how long is long
     */
    public static Optional<Alert> gapBefore(Pulses pulses, Duration limit, Instant now) throws LifecycleException {
        return pulses.findLast()
                .filter(last -> last.isBefore(now.minus(limit)))
                .map(last -> new Alert(
                        AlertKey.of("service", AlertKind.HEARTBEAT_LOST, "gap from " + last),
                        AlertSeverity.NOTE,
                        "service: nobody looked at the certificates for " + TimeWords.span(Duration.between(last, now))
                                + ", it does again",
                        "No Certwright ran, or none came to the end of a look, from " + last + " to " + now + ".",
                        "What was missed is made up for now, and told where it needs you.",
                        List.of("certwright doctor"),
                        now));
    }

    /** One look of ours; never throws. */
    public void look(Rules rules) {
        Instant now = clock.instant();
        listen(now);
        List<Alert> present = new ArrayList<>();
        boolean silent = lastPass.isBefore(now.minus(rules.limit()));
        silentPasses = silent ? silentPasses + 1 : 0;
        if (silentPasses >= LOOKS_THAT_AGREE) {
            present.add(lost(now));
        }
        if (silentAnswers >= LOOKS_THAT_AGREE) {
            present.add(databaseLost(now));
        }
        line.look(present, rules.to(), rules.channels(), now);
    }

    private void listen(Instant now) {
        try {
            // What seems to lie ahead was dated by a clock that was wrong.
            Optional<Instant> known = pulses.findLast().map(last -> last.isAfter(now) ? now : last);
            boolean news = known.isPresent() && (known.get().isAfter(lastPass) || lastPass.isAfter(now));
            lastPass = news ? known.get() : lastPass;
            lastAnswer = now;
            silentAnswers = 0;
        } catch (LifecycleException silent) {
            whyNoAnswer = silent.getMessage();
            silentAnswers++;
            LOG.debug("the database does not answer: {}", whyNoAnswer);
        }
    }

    private Alert lost(Instant now) {
        return Alert.of(
                AlertKey.of("service", AlertKind.HEARTBEAT_LOST, "since " + lastPass),
                "service: nobody has looked at the certificates for " + TimeWords.span(Duration.between(lastPass, now)),
                "The last look came to its end at " + lastPass
                        + "; looks come every 15 minutes. The log in data/log says what" + " goes wrong.",
                "Nothing is renewed and nobody is warned of what expires until this is mended.",
                List.of("certwright doctor", "certwright list"),
                now);
    }

    private Alert databaseLost(Instant now) {
        return Alert.of(
                AlertKey.of("database", AlertKind.DATABASE_TROUBLE, "since " + lastAnswer),
                "database: does not answer since " + lastAnswer,
                whyNoAnswer,
                "It is asked again every minute. Until it answers nothing is renewed, and mails that wait in it do not leave;"
                        + " they are not lost.",
                List.of("certwright doctor"),
                now);
    }
}
