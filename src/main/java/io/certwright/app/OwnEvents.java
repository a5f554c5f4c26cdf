package io.certwright.app;

import io.certwright.certificate.CertificateName;
import io.certwright.lifecycle.OutcomeWitness;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WindowsPowerShell;
import io.certwright.windows.eventlog.EventLog;
import io.certwright.windows.local.LocalCarrier;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/** The Event Log of the Windows that this process runs on; nothing at all elsewhere. */
record OwnEvents(OutcomeWitness witness, AutoCloseable log) implements OutcomeWitness, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final OwnEvents NOWHERE = new OwnEvents(OutcomeWitness.NONE, () -> {});

    /** Only a service must be heard when it cannot write: a person at a command sees the outcome there. */
    static OwnEvents find(Map<String, String> environment, Clock clock, boolean serves) {
        Level complaint = serves ? Level.WARN : Level.DEBUG;
        return findHost(environment).map(host -> on(host, clock, complaint)).orElse(NOWHERE);
    }

    private static OwnEvents on(WindowsHost host, Clock clock, Level complaint) {
        EventLog log = new EventLog(host, clock, new EventLog.Terms(complaint, PATIENCE));
        return new OwnEvents(new OutcomeEvents(log), log);
    }

    /** This machine, where it has Windows PowerShell. */
    static Optional<WindowsHost> findHost(Map<String, String> environment) {
        return WindowsPowerShell.find(environment)
                .map(program -> new ScriptedHost(
                        "local", new LocalCarrier("local", Optional.of(program)), Presence.SENT_ALONG));
    }

    @Override
    public void saw(CertificateName name, RenewalOutcome outcome) {
        witness.saw(name, outcome);
    }

    @Override
    public void close() {
        Closing.quietly(log);
    }
}
