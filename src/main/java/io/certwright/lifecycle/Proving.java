package io.certwright.lifecycle;

import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.BindingProof;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The proof: a real TLS handshake on every endpoint of a binding, comparing the leaf by SHA-256, and what is sent with it. A server that follows within
 * moments is given some, and a wrong answer is final only when it stays wrong.
 */
final class Proving {
    /** Ten looks, half a second apart: a serving node follows its row within a second, a reloaded server within a few. */
    private static final int LOOKS = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final TlsProbe probe;
    private final Pause pause;

    Proving(TlsProbe probe, Pause pause) {
        this.probe = probe;
        this.pause = pause;
    }

    /** Whether anybody answers at all of its endpoints; true for one without endpoints. */
    boolean isReachable(ServerBinding binding) {
        return binding.endpoints().stream().allMatch(this::answers);
    }

    /** The first endpoint that does not show the leaf decides; all that do prove it, and one that sends too little is told of. */
    BindingProof prove(ServerBinding binding, CertificateChain chain, boolean reachableBefore)
            throws LifecycleException {
        List<Endpoint> endpoints = binding.endpoints();
        if (endpoints.isEmpty()) {
            return byReadingBack(binding, chain.leaf());
        }
        BindingProof.Proven whole = new BindingProof.Proven(binding.name(), "");
        for (Endpoint endpoint : endpoints) {
            BindingProof seen = patiently(binding, endpoint, chain, reachableBefore);
            if (!(seen instanceof BindingProof.Proven proven)) {
                return seen;
            }
            whole = whole.lacking().isPresent() ? whole : proven;
        }
        return whole;
    }

    private BindingProof patiently(
            ServerBinding binding, Endpoint endpoint, CertificateChain chain, boolean reachableBefore) {
        BindingProof seen = look(binding, endpoint, chain, reachableBefore);
        for (int look = 1; look < LOOKS && !(seen instanceof BindingProof.Proven); look++) {
            pause.lasting(BETWEEN_LOOKS);
            seen = look(binding, endpoint, chain, reachableBefore);
        }
        return seen instanceof BindingProof.Unreachable dark ? onTheHost(binding, dark, chain.leaf()) : seen;
    }

    /** What cannot be reached from here is asked for where it is served; that counts, with a word about the way there. */
    private static BindingProof onTheHost(ServerBinding binding, BindingProof.Unreachable dark, X509Certificate leaf) {
        try {
            Optional<X509Certificate> served = binding.findServedOnHost(dark.endpoint());
            if (served.isEmpty()) {
                return dark;
            }
            Sha256Fingerprint wanted = Sha256Fingerprint.of(leaf);
            return Sha256Fingerprint.of(served.get()).equals(wanted)
                    ? BindingProof.Proven.onTheHost(binding.name(), dark, wanted)
                    : new BindingProof.Mismatch(
                            binding.name(), dark.endpoint(), Thumbprint.of(leaf), Thumbprint.of(served.get()));
        } catch (LifecycleException darkThereToo) {
            return dark;
        }
    }

    private BindingProof look(
            ServerBinding binding, Endpoint endpoint, CertificateChain chain, boolean reachableBefore) {
        try {
            PresentedCertificate presented = probe.look(endpoint);
            Sha256Fingerprint wanted = Sha256Fingerprint.of(chain.leaf());
            if (!presented.sha256().equals(wanted)) {
                return new BindingProof.Mismatch(
                        binding.name(),
                        endpoint,
                        Thumbprint.of(chain.leaf()),
                        Thumbprint.of(presented.chain().leaf()));
            }
            List<X509Certificate> missing = SentChain.missing(chain, presented.chain());
            BindingProof.Proven proven =
                    BindingProof.Proven.byHandshake(binding.name(), endpoint, presented.protocol(), wanted);
            return missing.isEmpty() ? proven : proven.without(endpoint, missing);
        } catch (LifecycleException silent) {
            return new BindingProof.Unreachable(binding.name(), endpoint, reachableBefore, silent.getMessage());
        }
    }

    private static BindingProof byReadingBack(ServerBinding binding, X509Certificate leaf) throws LifecycleException {
        return binding.look().shows(Sha256Fingerprint.of(leaf))
                ? BindingProof.Proven.byReadingBack(binding.name())
                : new BindingProof.NotBound(
                        binding.name(),
                        true,
                        FailureKind.INTERNAL,
                        "reading back shows another certificate than was written");
    }

    private boolean answers(Endpoint endpoint) {
        try {
            probe.look(endpoint);
            return true;
        } catch (LifecycleException silent) {
            return false;
        }
    }
}
