package io.certwright.lifecycle.record;

import java.util.List;
import java.util.stream.Collectors;

/** What the handshakes showed, binding by binding. Without any binding there is nothing to prove, and it stands. */
public record Proof(List<BindingProof> bindings) {
    public Proof {
        bindings = List.copyOf(bindings);
    }

    /** Every binding was seen to present the new certificate. */
    public boolean stands() {
        return bindings.stream().allMatch(BindingProof.Proven.class::isInstance);
    }

    /** What clients may miss though every leaf is right. */
    public List<String> lacking() {
        return bindings.stream()
                .filter(BindingProof.Proven.class::isInstance)
                .flatMap(proven -> ((BindingProof.Proven) proven).lacking().stream())
                .toList();
    }

    public boolean demandsRestore() {
        return bindings.stream().anyMatch(BindingProof::demandsRestore);
    }

    /** The first binding refused before anything was changed, and none came after it. */
    public boolean leftAllAsItWas() {
        return bindings.size() == 1 && bindings.get(0) instanceof BindingProof.NotBound refused && !refused.changed();
    }

    /** What did not stand, or else all that did, as one text. */
    public String sentence() {
        List<BindingProof> failed = bindings.stream()
                .filter(proof -> !(proof instanceof BindingProof.Proven))
                .toList();
        return (failed.isEmpty() ? bindings : failed)
                .stream().map(BindingProof::sentence).collect(Collectors.joining("; "));
    }
}
