package io.certwright.lifecycle;

import io.certwright.binding.HostLock;
import io.certwright.lifecycle.record.Hold;
import java.util.List;

/** Whether a certificate may be bound now. Only {@link Holding} makes a {@link Ready}, and only {@link SwitchOver} takes one. */
sealed interface Readiness {
    /** What makes it right to bind now. */
    enum Basis {
        /** Clients have what they need, or need nothing. */
        EFFECTIVE_TRUST,
        /** The certificate in use serves nobody any more: waiting would only make it worse. */
        EMERGENCY,
        /** A run before this one began to bind and did not get to its end: half-way is no place to wait. */
        BEGUN,
        /** A person said so, for clients that do not have the trust yet. */
        PERSON;

        /** Whether clients that lack the trust are left behind by a new decision, which people are told of. */
        boolean leavesClientsBehind() {
            return this == EMERGENCY || this == PERSON;
        }
    }

    /** Go. The hosts are locked for this renewal until the switch-over gives them back. */
    final class Ready implements Readiness {
        private final Basis basis;
        private final String sentence;
        private final List<HostLock> locks;

        Ready(Basis basis, String sentence, List<HostLock> locks) {
            this.basis = basis;
            this.sentence = sentence;
            this.locks = List.copyOf(locks);
        }

        Basis basis() {
            return basis;
        }

        String sentence() {
            return sentence;
        }

        List<HostLock> locks() {
            return locks;
        }
    }

    /** Not yet. */
    record Held(Hold hold) implements Readiness {}
}
