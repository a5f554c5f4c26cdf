package io.certwright.cli;

import io.certwright.enrollment.Issuer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up [--once]}: settings to begin with if there are none, the whole story step by step, then serving. */
@Command(
        name = "up",
        description = {
            "The quick start: writes settings where there are none, runs the story of each certificate, prints it step by step, then serves.",
            "Run it again at any time: what is done already is not done twice."
        })
final class UpCommand implements CommandBody {
    @Option(names = "--once", description = "End after the story instead of serving.")
    private boolean once;

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
        rooms.stay();
        StoryTeller teller = new StoryTeller(screen, rooms.clock());
        boolean written = rooms.ensureQuickStart();
        List<ManagedCertificate> wishes = rooms.wishes().list();
        teller.step("settings", rooms.settings().file() + (written ? " written to begin with" : " read"));
        ServiceRoom service = rooms.service();
        teller.step("database", "PostgreSQL is running, its schema is current");
        for (Issuer issuer : rooms.issuers().issuers()) {
            teller.step("issuer", issuer.test());
        }
        service.startListening();
        List<Told> told = new ArrayList<>();
        for (ManagedCertificate wish : wishes) {
            screen.say(wish.name() + "  " + wish.names());
            RenewalOutcome outcome = rooms.story().lifecycle().renew(wish.name(), Urge.NONE, teller);
            teller.step("done", outcome.sentence());
            told.add(Told.of(wish, outcome));
        }
        if (once) {
            screen.say("Ended after the story, nothing is served now: \"certwright serve\" goes on.");
        } else {
            service.startSchedule();
            screen.say(service.sentence());
            screen.say("Renewals, watches and mails now run by themselves. Ctrl-C ends.");
            service.awaitEnd();
        }
        if (screen.isJson()) {
            screen.answer(Answer.of(
                    "",
                    json -> json.putObjects(
                            "certificates",
                            told,
                            (each, one) -> one.write(each, rooms.clock().instant()))));
        }
        return ExitCode.mostUrgent(told.stream().map(Told::exit).toList());
    }
}
