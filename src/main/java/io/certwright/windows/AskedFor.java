package io.certwright.windows;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** A host whose failures begin with the one for whom it is asked: {@code issuer corp-ca: host wsus01: …}. */
public final class AskedFor implements WindowsHost {
    private final String who;
    private final WindowsHost host;

    public AskedFor(String who, WindowsHost host) {
        this.who = who;
        this.host = host;
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        try {
            return host.perform(calls);
        } catch (LifecycleException failed) {
            throw new LifecycleException(failed.kind(), failed.code(), who + ": " + failed.getMessage(), failed);
        }
    }
}
