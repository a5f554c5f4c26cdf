package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.util.List;

/** A host on which the script does the calls, whoever carries them there. */
public final class ScriptedHost implements WindowsHost {
    /** What connecting and starting PowerShell may take beside the calls. */
    private static final Duration STARTING = Duration.ofSeconds(90);

    private final String name;
    private final Carrier carrier;
    private final Presence presence;

    public ScriptedHost(String name, Carrier carrier, Presence presence) {
        this.name = name;
        this.carrier = carrier;
        this.presence = presence;
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
        requireNetworkLogonFor(calls);
        try (Visit visit = presence.visit(RequestJson.write(calls), limitOf(calls))) {
            VisitOutput output = carrier.carry(visit);
            return AnswerJson.read(name, calls, output);
        }
    }

    private static Duration limitOf(List<? extends WindowsCall<?>> calls) {
        return calls.stream().map(WindowsCall::limit).reduce(STARTING, Duration::plus);
    }

    private void requireNetworkLogonFor(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        for (WindowsCall<?> call : calls) {
            if (call.needsNetworkLogon() && !carrier.hasNetworkLogon()) {
                throw new LifecycleException(
                        FailureKind.REFUSED,
                        "HOST_NO_NETWORK_LOGON",
                        "host " + Printable.escape(name, 80) + ": " + call.function()
                                + " needs another machine, and a logon by SSH key carries no credentials for one;"
                                + " run Certwright on that host (transport: local), use a password, or do this step there by hand");
            }
        }
    }
}
