package io.certwright.windows;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A host on which the script does the calls, whoever carries them there. */
public final class ScriptedHost implements WindowsHost {
    /** What connecting and starting PowerShell may take beside the calls. */
    private static final Duration STARTING = Duration.ofSeconds(90);

    private final String name;
    private final Carrier carrier;
    private final Presence presence;
    private final NetworkCalls networkCalls;

    /** Calls that need another machine are done directly where the logon carries credentials, else by a task. */
    public ScriptedHost(String name, Carrier carrier, Presence presence) {
        this(name, carrier, presence, carrier.hasNetworkLogon() ? NetworkCalls.DIRECT : NetworkCalls.TASK);
    }

    public ScriptedHost(String name, Carrier carrier, Presence presence, NetworkCalls networkCalls) {
        this.name = name;
        this.carrier = carrier;
        this.presence = presence;
        this.networkCalls = networkCalls;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        if (calls.isEmpty()) {
            return new Answers(calls, List.of());
        }
        Optional<? extends WindowsCall<?>> beyond =
                calls.stream().filter(WindowsCall::needsNetworkLogon).findFirst();
        if (beyond.isEmpty() || networkCalls == NetworkCalls.DIRECT) {
            return visit(calls);
        }
        if (networkCalls == NetworkCalls.REFUSE) {
            throw noNetworkLogon(beyond.get());
        }
        return new AsSystem(this).perform(calls, limitOf(calls));
    }

    private Answers visit(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        try (Visit visit = presence.visit(RequestJson.write(calls), limitOf(calls))) {
            VisitOutput output = carrier.carry(visit);
            return AnswerJson.read(name, calls, output);
        }
    }

    private static Duration limitOf(List<? extends WindowsCall<?>> calls) {
        return calls.stream().map(WindowsCall::limit).reduce(STARTING, Duration::plus);
    }

    private LifecycleException noNetworkLogon(WindowsCall<?> call) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "HOST_NO_NETWORK_LOGON",
                VisitFailure.of(name) + call.function()
                        + " needs another machine, and a logon by SSH key carries no credentials for one; let a task as SYSTEM do"
                        + " it (network-calls: task), run Certwright on that host (transport: local), use a password, or do this"
                        + " step there by hand");
    }
}
