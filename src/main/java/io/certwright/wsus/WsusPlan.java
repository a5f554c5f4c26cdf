package io.certwright.wsus;

import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.AccessCall.SslFlagsAt;
import io.certwright.windows.HostCall.RestartServiceNamed;
import io.certwright.windows.PoolCall.RestartPool;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WsusCall.InvokeConfigureSsl;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left to do on one server, found by comparing alone: TLS required on exactly the five virtual directories, then configuressl where
 * name or port differ, then the restarts that the first switch needs. Every other drift is left to people.
 */
record WsusPlan(List<Step> steps) {
    /** One change and its sentence. */
    record Step(WindowsCall<?> call, String sentence) {}

    WsusPlan {
        steps = List.copyOf(steps);
    }

    /** @param brokenOff whether an earlier run took steps and did not come to its end: then the restarts are still due */
    static WsusPlan of(WsusServer server, WsusState state, WsusApi api, boolean brokenOff) {
        boolean configured =
                state.isConfiguredFor(server) && api.findOtherPort(server).isEmpty();
        return of(server, state, brokenOff, configured);
    }

    /** What reads back as not done. The port stands in what configuressl answered; its API may name another one for a while. */
    static WsusPlan leftOf(WsusServer server, WsusState state) {
        return of(server, state, false, state.isConfiguredFor(server));
    }

    private static WsusPlan of(WsusServer server, WsusState state, boolean brokenOff, boolean configured) {
        List<Step> steps = new ArrayList<>();
        for (String directory : VirtualDirectories.WITH_TLS) {
            SslFlagsAt flags = state.flagsOf(directory).orElse(new SslFlagsAt(RequiredTls.WANTED, false));
            if (!RequiredTls.of(flags).isAsWanted()) {
                steps.add(new Step(
                        new SetSslFlags(state.location(directory), RequiredTls.WANTED),
                        "require SSL on " + state.location(directory) + ", client certificates ignored (sslFlags "
                                + flags.value() + " becomes " + RequiredTls.WANTED + ")"));
            }
        }
        if (!configured) {
            steps.add(new Step(
                    new InvokeConfigureSsl(server.sslName()), "run WsusUtil configuressl " + server.sslName()));
        }
        if (!state.isUsingSsl() || brokenOff) {
            steps.add(new Step(new RestartPool(WsusState.POOL), "restart application pool " + WsusState.POOL));
            steps.add(new Step(new RestartServiceNamed(WsusState.SERVICE), "restart service " + WsusState.SERVICE));
        }
        return new WsusPlan(steps);
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    List<String> sentences() {
        return steps.stream().map(Step::sentence).toList();
    }
}
