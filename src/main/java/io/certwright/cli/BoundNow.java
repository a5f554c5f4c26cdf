package io.certwright.cli;

import io.certwright.binding.BindingName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.probe.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one binding points at right now.
 *
 * @param trouble why it could not be looked at
 */
record BoundNow(
        BindingName binding, List<Endpoint> endpoints, Optional<CertificateChain> chain, Optional<String> trouble) {
    static List<BoundNow> listOf(Rooms rooms, ManagedCertificate wish) throws LifecycleException {
        List<BoundNow> all = new ArrayList<>();
        for (BindingName name : wish.bindings()) {
            all.add(look(rooms.bindings().get(name)));
        }
        return all;
    }

    /** One that is out of reach is shown as that; the others are shown all the same. */
    private static BoundNow look(ServerBinding binding) {
        try {
            return new BoundNow(
                    binding.name(), binding.endpoints(), binding.look().chain(), Optional.empty());
        } catch (LifecycleException outOfReach) {
            return new BoundNow(
                    binding.name(), binding.endpoints(), Optional.empty(), Optional.of(outOfReach.getMessage()));
        }
    }

    String sentence() {
        String bound = chain.map(CertificateChain::leaf)
                .map(leaf -> Thumbprint.of(leaf) + ", valid until "
                        + LocalTimes.here().moment(ValidityPeriod.of(leaf).notAfter()))
                .orElse("no certificate");
        return trouble.orElse(bound);
    }

    void write(JsonObject json) {
        json.put("name", binding.toString())
                .putTexts("endpoints", endpoints)
                .putIfPresent("thumbprint", chain.map(CertificateChain::leaf).map(Thumbprint::of))
                .putIfPresent("message", trouble);
    }
}
