package io.certwright.lifecycle;

import io.certwright.binding.ServerBinding;
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
 * The proof: a real TLS handshake on every endpoint of a binding, comparing the leaf by SHA-256. A server that follows within
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

    /** The first endpoint that does not show the leaf decides; all that do prove it. */
    BindingProof prove(ServerBinding binding, X509Certificate leaf, boolean reachableBefore) throws LifecycleException {
        List<Endpoint> endpoints = binding.endpoints();
        if (endpoints.isEmpty()) {
            return byReadingBack(binding, leaf);
        }
        BindingProof last = new BindingProof.Proven(binding.name(), "");
        for (Endpoint endpoint : endpoints) {
            last = patiently(binding, endpoint, leaf, reachableBefore);
            if (!(last instanceof BindingProof.Proven)) {
                return last;
            }
        }
        return last;
    }

    private BindingProof patiently(
            ServerBinding binding, Endpoint endpoint, X509Certificate leaf, boolean reachableBefore) {
        BindingProof seen = look(binding, endpoint, leaf, reachableBefore);
        for (int look = 1; look < LOOKS && !(seen instanceof BindingProof.Proven); look++) {
            pause.lasting(BETWEEN_LOOKS);
            seen = look(binding, endpoint, leaf, reachableBefore);
        }
        return seen instanceof BindingProof.Unreachable dark ? onTheHost(binding, dark, leaf) : seen;
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

    private BindingProof look(ServerBinding binding, Endpoint endpoint, X509Certificate leaf, boolean reachableBefore) {
        try {
            PresentedCertificate presented = probe.look(endpoint);
            X509Certificate served = presented.chain().leaf();
            Sha256Fingerprint wanted = Sha256Fingerprint.of(leaf);
            return Sha256Fingerprint.of(served).equals(wanted)
                    ? BindingProof.Proven.byHandshake(binding.name(), endpoint, presented.protocol(), wanted)
                    : new BindingProof.Mismatch(binding.name(), endpoint, Thumbprint.of(leaf), Thumbprint.of(served));
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
