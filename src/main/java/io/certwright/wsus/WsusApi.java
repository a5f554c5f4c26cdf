package io.certwright.wsus;

import io.certwright.failure.LifecycleException;
import io.certwright.windows.CallFailedException;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetLocalWsus;
import io.certwright.windows.WsusCall.LocalWsus;
import java.util.Optional;

/**
 * What WSUS' own API says of the server that it runs on. The port is asked for here, because the recorded one stays at 8530 on many
 * servers.
 *
 * @param server empty where the API refused
 * @param refusal why it did
 */
record WsusApi(Optional<LocalWsus> server, Optional<CallFailedException> refusal) {
    static WsusApi ask(WindowsHost calls) throws LifecycleException {
        try {
            return new WsusApi(Optional.of(calls.perform(new GetLocalWsus())), Optional.empty());
        } catch (CallFailedException refused) {
            return new WsusApi(Optional.empty(), Optional.of(refused));
        }
    }

    /** The port that WSUS uses with TLS, where it is not the wished one. */
    Optional<Integer> findOtherPort(WsusServer wish) {
        return server.filter(LocalWsus::secure).map(LocalWsus::port).filter(port -> port != wish.port());
    }
}
