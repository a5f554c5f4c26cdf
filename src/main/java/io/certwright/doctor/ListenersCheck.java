package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The service can listen. Where it runs already, it has all its ports. */
final class ListenersCheck implements Check {
    @Override
    public String name() {
        return "ports";
    }

    @Override
    public String subject() {
        return "the addresses that Certwright listens on";
    }

    @Override
    public List<String> needs() {
        return List.of("settings");
    }

    @Override
    public String remedy() {
        return "end the other program, or set service.listen and service.listen-plain to free ports";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        List<Finding> findings = new ArrayList<>();
        for (Endpoint endpoint : vitals.listeners()) {
            Listening listening = vitals.machine().listening(endpoint);
            if (listening == Listening.OURS) {
                return findings;
            }
            find(endpoint, listening).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> find(Endpoint endpoint, Listening listening) {
        return switch (listening) {
            case FREE, OURS -> Optional.empty();
            case TAKEN -> Optional.of(Finding.wrong(endpoint + ": another program listens there", remedy()));
            case FORBIDDEN ->
                Optional.of(Finding.wrong(
                        endpoint + ": this account may not listen there",
                        "set a port above 1023 under service, or allow the account to use lower ones"));
            case ELSEWHERE ->
                Optional.of(Finding.wrong(
                        endpoint + ": is no address of this machine",
                        "set it under service to an address of this machine, or to 0.0.0.0 for all of them"));
        };
    }
}
