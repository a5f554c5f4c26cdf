package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.HostFacts;
import io.certwright.windows.HostFitness;
import io.certwright.windows.WindowsHost;
import java.util.ArrayList;
import java.util.List;

/** Every Windows host lets us in, runs what we need, and has the right time. */
final class HostsCheck implements Check {
    @Override
    public String name() {
        return "hosts";
    }

    @Override
    public String subject() {
        return "Windows hosts and their PowerShell";
    }

    @Override
    public List<String> needs() {
        return List.of("settings");
    }

    @Override
    public String remedy() {
        return "correct what stands under hosts: in the settings, or the host";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        List<Finding> findings = new ArrayList<>();
        for (WindowsHost host : vitals.windowsHosts()) {
            findings.addAll(look(host, vitals));
        }
        return findings;
    }

    private List<Finding> look(WindowsHost host, Vitals vitals) {
        try {
            HostFacts facts = host.perform(new GetHostFacts());
            HostFitness.require(host.name(), facts);
            return HostFitness.findClockFault(
                            host.name(), facts, vitals.machine().now())
                    .map(fault -> List.of(
                            Finding.wrong(fault, "set both by the same time server: w32tm /resync on the host")))
                    .orElse(List.of());
        } catch (LifecycleException failed) {
            return List.of(Finding.wrong(failed.getMessage(), remedy()));
        }
    }
}
