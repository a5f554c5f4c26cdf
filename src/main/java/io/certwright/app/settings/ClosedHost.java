package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.util.List;

/** A host whose settings let no call through. */
record ClosedHost(HostName host, String code, String why) implements WindowsHost {
    static ClosedHost withoutTransport(HostName host) {
        return new ClosedHost(
                host,
                "HOST_WITHOUT_TRANSPORT",
                "the settings do not say how to reach it; add transport, address and what it needs under hosts: "
                        + host);
    }

    /** As those see it who would change it. */
    static ClosedHost onlyReported(HostName host) {
        return new ClosedHost(
                host,
                "HOST_ONLY_REPORTED",
                "is in mode report, so that nothing is written there; set \"mode: manage\" in its settings");
    }

    @Override
    public String name() {
        return host.value();
    }

    @Override
    public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        throw new LifecycleException(FailureKind.REFUSED, code, "host " + host + ": " + why);
    }
}
