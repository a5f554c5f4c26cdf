package io.certwright.binding.iis;

import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.util.List;

/** Ends the process at one visit to a host, as far as that can be done without ending it: nothing catches what it throws. */
final class Killer implements WindowsHost {
    /** The end. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final WindowsHost host;
    private final int fatal;
    private final boolean afterEffect;
    private int visits;

    /** @param fatal which visit, counted from 0 */
    Killer(WindowsHost host, int fatal, boolean afterEffect) {
        this.host = host;
        this.fatal = fatal;
        this.afterEffect = afterEffect;
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
        boolean last = visits++ == fatal;
        if (last && !afterEffect) {
            throw new Killed();
        }
        Answers answers = host.perform(calls);
        if (last) {
            throw new Killed();
        }
        return answers;
    }

    boolean hasKilled() {
        return visits > fatal;
    }
}
