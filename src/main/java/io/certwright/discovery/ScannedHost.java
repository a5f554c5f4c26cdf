package io.certwright.discovery;

import io.certwright.binding.HostName;
import io.certwright.iis.IisDrift;
import java.util.List;

/**
 * What one host has.
 *
 * @param drift where IIS and http.sys disagree
 */
public record ScannedHost(HostName host, List<FoundBinding> bindings, List<IisDrift> drift) {
    public ScannedHost {
        bindings = List.copyOf(bindings);
        drift = List.copyOf(drift);
    }

    /** Whether nothing is there that a person should know of: everything served is managed, and nothing differs. */
    public boolean isSettled() {
        return drift.isEmpty()
                && bindings.stream()
                        .allMatch(found ->
                                found.managedBy().isPresent() || found.leaf().isEmpty());
    }
}
