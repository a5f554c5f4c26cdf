package io.certwright.iis;

import io.certwright.certificate.Thumbprint;
import java.util.List;
import java.util.Optional;

/** What a plan does with one https binding. */
public sealed interface PlannedBinding {
    BindingInformation at();

    /** It stays or gets; unknown bits included. */
    SslFlags flags();

    /** Whether anything is to be done. */
    boolean changes();

    /** For people, as a part of a list. */
    String sentence(Thumbprint next);

    /** Bound and served already. */
    record Keep(BindingInformation at, SslFlags flags) implements PlannedBinding {
        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public String sentence(Thumbprint next) {
            return "https binding " + at + " keeps " + next;
        }
    }

    /**
     * The binding stays in its place and gets another certificate.
     *
     * @param before what http.sys serves there now, or IIS says; empty for a binding without certificate
     * @param others other sites that the same entry of http.sys serves
     */
    record Replace(BindingInformation at, SslFlags flags, Optional<Thumbprint> before, List<String> others)
            implements PlannedBinding {
        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public String sentence(Thumbprint next) {
            return "https binding " + at + " would get " + next + " in place of "
                    + before.map(Thumbprint::hex).orElse("no certificate")
                    + (others.isEmpty() ? "" : "; so would " + String.join(", ", others) + ", which share its entry");
        }
    }

    /** The site has no https binding on the port yet. */
    record Add(BindingInformation at, SslFlags flags) implements PlannedBinding {
        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public String sentence(Thumbprint next) {
            return "https binding " + at + " would be added with " + next;
        }
    }
}
