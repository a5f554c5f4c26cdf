package io.certwright.lifecycle;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.binding.BoundState;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a renewal would do, in sentences, changing nothing: names, key, CA, trust, holds, bindings before and after, mails. */
public final class RenewalPreview {
    private final Wishes wishes;
    private final ServerBindings bindings;
    private final RenewalRepository renewals;
    private final DueDates dueDates;
    private final Holding holding;
    private final Clock clock;

    RenewalPreview(LifecyclePorts ports, DueDates dueDates, Holding holding) {
        this.wishes = ports.wishes();
        this.bindings = ports.bindings();
        this.renewals = ports.repositories().renewals();
        this.clock = ports.clock();
        this.dueDates = dueDates;
        this.holding = holding;
    }

    /** One sentence a line, in the order of the story. */
    public List<String> of(ManagedCertificate wish) throws LifecycleException {
        List<String> lines = new ArrayList<>();
        lines.add(when(wish));
        lines.add("names: " + wish.names());
        lines.add("key: " + wish.key() + ", made "
                + (wish.origin().name().equals("HOST") ? "on the host" : "here and sealed"));
        lines.add("issuer: " + wish.issuer()
                + wish.fallback()
                        .map(second -> ", or " + second + " where that is out of reach near the end")
                        .orElse(""));
        wish.clients().map(wishes::group).map(RenewalPreview::trust).ifPresent(lines::add);
        holding.beforeIssuing(wish).ifPresent(hold -> lines.add("would wait: " + hold.sentence()));
        for (BindingName binding : wish.bindings()) {
            lines.add(binding(bindings.get(binding)));
            bindings.get(binding).listDrift().forEach(drift -> lines.add("left as it is: " + drift));
        }
        lines.add(mails(wish));
        return lines;
    }

    private String when(ManagedCertificate wish) throws LifecycleException {
        Instant now = clock.instant();
        Optional<Renewal> open = renewals.findOpen(wish.name());
        if (open.isPresent()) {
            return "goes on with the renewal opened at " + open.get().openedAt() + ", now at stage "
                    + open.get().stage() + ", because " + open.get().reason().sentence();
        }
        Due due = dueDates.of(wish, now);
        return (due.isDueAt(now) ? "due now: " : "due at " + due.at() + ": ") + due.sentence();
    }

    private static String trust(ClientGroup group) {
        return "trust: package for " + group.name() + " in " + group.publishTo()
                + (group.pinning() ? ", with the new pin" : "") + "; what clients lack is effective after "
                + group.waitingTime().toDays() + "d";
    }

    private static String binding(ServerBinding binding) throws LifecycleException {
        BoundState state = binding.look();
        String before = state.chain()
                .map(chain -> Thumbprint.of(chain.leaf()).abbreviated() + "…")
                .orElse("no certificate");
        String proof = binding.endpoints().isEmpty()
                ? "read back"
                : "proven at "
                        + binding.endpoints().stream().map(Object::toString).collect(Collectors.joining(", "));
        return "binding: " + binding.name() + " from " + before + " to the new certificate, " + proof;
    }

    private static String mails(ManagedCertificate wish) {
        return wish.recipients().isEmpty()
                ? "mails: nobody is told if it fails; name recipients under alerts"
                : "mails: only if it fails or waits too long, to "
                        + wish.recipients().stream().map(Recipient::address).collect(Collectors.joining(", "));
    }
}
