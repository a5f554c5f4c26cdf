package io.certwright.cli;

import io.certwright.alert.AlertDispatch;
import io.certwright.alert.Dispatched;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts list|test|send|ack}: what people were told, will be told, and have taken note of. */
@Command(
        name = "alerts",
        description = "Shows, tests, sends and silences alerts.",
        subcommands = {
            AlertsCommand.ListOpen.class,
            AlertsCommand.Test.class,
            AlertsCommand.Send.class,
            AlertsCommand.Acknowledge.class
        })
final class AlertsCommand {
    /** What is open. */
    @Command(name = "list", description = "Lists the alerts that are open: mailed, waiting to be mailed, or given up.")
    static final class ListOpen implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            List<OutboxEntry> open = rooms.outbox().listOpen();
            screen.answer(new AlertsAnswer(open, LocalTimes.here()));
            boolean anyWaits =
                    open.stream().anyMatch(entry -> entry.deliveredAt().isEmpty());
            if (anyWaits && rooms.dispatch().isEmpty()) {
                screen.note(
                        "Nothing goes out, because the settings name neither mail server nor webhook: add alerts.mail or alerts.webhook.");
            }
            return ExitCode.DONE;
        }
    }

    /** One mail that says that mail works. */
    @Command(
            name = "test",
            description = "Sends a test mail, or a test message to the webhook, and says what was answered.")
    static final class Test implements CommandBody {
        @Option(
                names = "--to",
                required = true,
                paramLabel = "ADDRESS",
                description = "Who is to get it: a mail address, or webhook.")
        private String to = "";

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            Recipient recipient = recipient();
            String answered = rooms.testMail(recipient);
            screen.answer(Answer.of(
                    answered, json -> json.put("to", recipient.address()).put("message", answered)));
            return ExitCode.DONE;
        }

        private Recipient recipient() {
            try {
                return to.equals(Recipient.WEBHOOK.address()) ? Recipient.WEBHOOK : Recipient.parse(to);
            } catch (IllegalArgumentException wrong) {
                throw new WrongUsage("--to: " + wrong.getMessage());
            }
        }
    }

    /** Does not wait for the next try. */
    @Command(name = "send", description = "Sends everything that is not delivered yet, now.")
    static final class Send implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            AlertDispatch dispatch = rooms.dispatch()
                    .orElseThrow(() -> new LifecycleException(
                            FailureKind.REFUSED,
                            "NO_MAIL_SERVER",
                            "alerts: nothing was sent, because the settings name neither mail server nor webhook; add"
                                    + " alerts.mail with smtp and from, and alerts.to, or alerts.webhook"));
            Dispatched sent = dispatch.flush();
            List<String> lines = new ArrayList<>(
                    List.of(count(sent.mails(), "mail") + " with " + count(sent.alerts(), "alert") + " sent"));
            sent.failures().forEach(failure -> lines.add("not sent: " + failure.sentence()));
            screen.answer(Answer.of(
                    lines,
                    json -> json.put("mails", sent.mails())
                            .put("alerts", sent.alerts())
                            .putTexts(
                                    "failures",
                                    sent.failures().stream()
                                            .map(Dispatched.Unsent::sentence)
                                            .toList())));
            return ExitCode.mostUrgent(sent.failures().stream()
                    .map(failure -> ExitCode.of(failure.kind()))
                    .toList());
        }

        private static String count(int number, String unit) {
            return number + " " + unit + (number == 1 ? "" : "s");
        }
    }

    /** Silence until the next stage. */
    @Command(name = "ack", description = "Silences an alert for all who get it, until its next stage.")
    static final class Acknowledge implements CommandBody {
        @Parameters(paramLabel = "ID", description = "The number that the mail and \"certwright alerts list\" show.")
        private long id;

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            if (!rooms.outbox().acknowledge(id, rooms.clock().instant())) {
                throw new WrongUsage("alert " + id
                        + ": there is none of this number; \"certwright alerts list\" shows those there are");
            }
            screen.answer(Answer.of(
                    "alert " + id + " is silent until its next stage",
                    json -> json.put("id", id).put("acknowledged", true)));
            return ExitCode.DONE;
        }
    }
}
