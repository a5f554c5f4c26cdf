package io.certwright.lifecycle;

import io.certwright.alert.Watched.Obstacle;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.TrustRepository;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a certificate that is late from being replaced, for the mail that says so. Never throws: that mail goes out anyway. */
final class Obstacles {
    private static final Logger LOG = LoggerFactory.getLogger(Obstacles.class);

    private final Wishes wishes;
    private final RenewalRepository renewals;
    private final TrustRepository trust;
    private final Clock clock;

    Obstacles(Wishes wishes, RenewalRepository renewals, TrustRepository trust, Clock clock) {
        this.wishes = wishes;
        this.renewals = renewals;
        this.trust = trust;
        this.clock = clock;
    }

    Optional<Obstacle> find(ManagedCertificate wish) {
        try {
            Optional<Renewal> open = renewals.findOpen(wish.name());
            if (open.isEmpty() || open.get().standing().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Obstacle(
                    lackingTrust(wish, open.get()), open.get().standing().get().sentence()));
        } catch (LifecycleException | RuntimeException unknown) {
            LOG.debug("what {} waits for is not known: {}", wish.name(), unknown.getMessage());
            return Optional.empty();
        }
    }

    private String lackingTrust(ManagedCertificate wish, Renewal open) throws LifecycleException {
        boolean waits = open.standing()
                .filter(standing -> standing.outcome().equals(RenewalOutcome.Waiting.WORD))
                .isPresent();
        if (!waits
                || wish.clients().isEmpty()
                || open.trustPublishedAt().isEmpty()
                || open.boundAt().isPresent()) {
            return "";
        }
        ClientGroup group = wishes.group(wish.clients().get());
        boolean lack = trust.findPresent(group.name())
                .filter(published -> !published.isEffectiveAt(clock.instant()))
                .isPresent();
        return lack ? "clients still lack the new " + (group.pinning() ? "pin" : "trust") : "";
    }
}
