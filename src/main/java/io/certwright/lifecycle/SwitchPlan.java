package io.certwright.lifecycle;

import io.certwright.binding.BindingName;
import io.certwright.binding.BoundState;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What a switch-over would do, condensed to one comparable text: the same certificate onto the same bindings in the same state. That
 * what is bound now expires is a change of state: then there is nothing to lose any more.
 */
final class SwitchPlan {
    private final ServerBindings bindings;

    SwitchPlan(ServerBindings bindings) {
        this.bindings = bindings;
    }

    /** Changes when the certificate, the set of bindings or what they are bound to now changes. */
    String fingerprint(ManagedCertificate wish, IssuedCertificate next, Instant now) throws LifecycleException {
        StringBuilder facts = new StringBuilder(next.sha256().hex());
        List<BindingName> sorted = wish.bindings().stream().sorted().toList();
        for (BindingName binding : sorted) {
            facts.append('\n').append(binding).append('=').append(boundOn(binding, now));
        }
        return Sha256Fingerprint.ofDer(facts.toString().getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private String boundOn(BindingName binding, Instant now) throws LifecycleException {
        BoundState state = bindings.get(binding).look();
        return state.chain()
                .map(CertificateChain::leaf)
                .map(leaf -> Sha256Fingerprint.of(leaf).hex()
                        + (ValidityPeriod.of(leaf).isExpiredAt(now) ? " expired" : ""))
                .orElse("nothing");
    }
}
