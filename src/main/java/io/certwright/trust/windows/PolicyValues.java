package io.certwright.trust.windows;

import io.certwright.trust.ClientGroup;
import io.certwright.trust.PinEnforcement;
import java.util.ArrayList;
import java.util.List;

/** What the policy of machines that scan says: where they scan, whether they compare pins, whose local updates they take. */
final class PolicyValues {
    /** As the group policy editor writes it, which the bytes of a {@code Registry.pol} depend on. */
    private static final String KEY = PinEnforcement.KEY.replace("SOFTWARE", "Software");

    private PolicyValues() {}

    /** Nothing where the settings say nothing about updates and no pin is compared. */
    static List<RegistryValue> of(ClientGroup group) {
        List<RegistryValue> values = new ArrayList<>();
        group.updates().server().ifPresent(server -> {
            values.add(RegistryValue.text(KEY, "WUServer", server.url()));
            values.add(RegistryValue.text(KEY, "WUStatusServer", server.url()));
            values.add(RegistryValue.number(KEY + "\\AU", "UseWUServer", 1));
        });
        if (!group.updates().signers().isEmpty()) {
            values.add(RegistryValue.number(KEY, "AcceptTrustedPublisherCerts", 1));
        }
        if (group.pinning()) {
            values.add(pinsCompared(true));
        }
        return List.copyOf(values);
    }

    static RegistryValue pinsCompared(boolean compared) {
        return RegistryValue.number(KEY, PinEnforcement.VALUE, compared ? 0 : 1);
    }
}
