package io.certwright.fuzz;

import io.certwright.failure.LifecycleException;
import io.certwright.probe.StartTls;
import io.certwright.probe.jsse.FuzzedHandshake;
import java.util.Arrays;
import java.util.Set;

/** What servers say. */
final class ServerTargets {
    private static final Set<String> TLS_FAILURES =
            Set.of("ENDPOINT_UNREACHABLE", "NOT_TLS", "TLS_TOO_OLD", "TLS_DECLINED", "TLS_MALFORMED");

    private static final Set<String> STARTTLS_FAILURES = Set.of("ENDPOINT_UNREACHABLE", "STARTTLS_REFUSED");

    private ServerTargets() {}

    /** The first byte chooses the protocol, the rest is what the server says in it. */
    static void startTls(byte[] input) {
        if (input.length == 0) {
            return;
        }
        StartTls[] protocols = StartTls.values();
        StartTls protocol = protocols[Math.floorMod(input[0], protocols.length)];
        try {
            FuzzedHandshake.beginning(protocol, Arrays.copyOfRange(input, 1, input.length));
        } catch (LifecycleException failed) {
            Sentences.require(failed.code(), STARTTLS_FAILURES, failed.getMessage());
        }
    }

    static void tls(byte[] input) {
        try {
            FuzzedHandshake.with(input);
        } catch (LifecycleException failed) {
            Sentences.require(failed.code(), TLS_FAILURES, failed.getMessage());
        }
    }
}
