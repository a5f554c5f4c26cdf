package io.certwright.lifecycle.record;

import io.certwright.binding.BindingName;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.probe.Endpoint;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one binding showed after the switch-over. */
public sealed interface BindingProof {
    BindingName binding();

    /** For people: what was seen where. */
    String sentence();

    /**
     * The TLS handshake shows the leaf, or, for a binding without endpoint, reading back does.
     *
     * @param lacking what clients may miss all the same; empty where nothing
     */
    record Proven(BindingName binding, String sentence, Optional<String> lacking) implements BindingProof {
        public Proven(BindingName binding, String sentence) {
            this(binding, sentence, Optional.empty());
        }

        /** The leaf is right, and some intermediates are not sent with it. */
        public Proven without(Endpoint endpoint, List<X509Certificate> missing) {
            String names = missing.stream()
                    .map(each -> Printable.escape(each.getSubjectX500Principal().getName(), 200) + " ("
                            + Thumbprint.of(each).abbreviated() + ")")
                    .collect(Collectors.joining(", "));
            String lacks = endpoint + " does not send " + names
                    + ", so that clients which have only the root cannot build the chain";
            return new Proven(binding, sentence + "; but " + lacks, Optional.of(lacks));
        }

        public static Proven byHandshake(
                BindingName binding, Endpoint endpoint, String protocol, Sha256Fingerprint leaf) {
            return new Proven(
                    binding,
                    endpoint + " presents the new certificate (" + protocol + ", SHA-256 "
                            + leaf.hex().substring(0, 8) + "…)");
        }

        public static Proven onTheHost(BindingName binding, Unreachable from, Sha256Fingerprint leaf) {
            return new Proven(
                    binding,
                    from.endpoint() + " presents the new certificate on its own machine (SHA-256 "
                            + leaf.hex().substring(0, 8) + "…), but does not answer from here (" + from.reason()
                            + "); see that clients reach it");
        }

        public static Proven byReadingBack(BindingName binding) {
            return new Proven(
                    binding, binding + " holds the new certificate, read back; no endpoint to shake hands with");
        }
    }

    /** Something else is served. */
    record Mismatch(BindingName binding, Endpoint endpoint, Thumbprint wanted, Thumbprint served)
            implements BindingProof {
        @Override
        public String sentence() {
            return endpoint + " presents " + served.abbreviated() + "…, wanted " + wanted.abbreviated() + "…";
        }
    }

    /** Nobody answers there. {@code reachableBefore}: somebody did before the switch-over. */
    record Unreachable(BindingName binding, Endpoint endpoint, boolean reachableBefore, String reason)
            implements BindingProof {
        @Override
        public String sentence() {
            return endpoint + " does not answer (" + reason + ")"
                    + (reachableBefore ? ", it did before the change" : ", nor did it before the change");
        }
    }

    /** Binding itself failed. {@code changed}: after something may have changed already. */
    record NotBound(BindingName binding, boolean changed, FailureKind kind, String reason) implements BindingProof {
        @Override
        public String sentence() {
            return binding + " could not be bound: " + reason;
        }
    }

    /** Whether the previous certificate must come back because of this. */
    default boolean demandsRestore() {
        return this instanceof Mismatch
                || (this instanceof Unreachable lost && lost.reachableBefore())
                || (this instanceof NotBound failed && failed.changed());
    }
}
