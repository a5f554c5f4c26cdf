package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.util.List;

/** A host whose settings say no way to it. */
record Unreached(HostName host) implements WindowsHost {
    @Override
    public String name() {
        return host.value();
    }

    @Override
    public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        throw new LifecycleException(
                FailureKind.REFUSED,
                "HOST_WITHOUT_TRANSPORT",
                "host " + host
                        + ": the settings do not say how to reach it; add transport, address and what it needs under"
                        + " hosts: " + host);
    }
}
