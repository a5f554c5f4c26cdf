package io.certwright.lifecycle;

import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Condition;
import io.certwright.alert.ConditionWatch;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.Audience;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientTrust;
import io.certwright.trust.Pin;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.Sighting;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps packages right between renewals: a server that others look after has a new certificate, the settings say more, somebody
 * emptied the share, a certificate has a second issuer. What is right already is not touched.
 */
public final class TrustUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(TrustUpkeep.class);

    private final Wishes wishes;
    private final StandbyTrust standby;
    private final OtherServers others;
    private final TrustRepository repository;
    private final ClientTrust trust;
    private final TrustNews news;
    private final AlertOutbox outbox;
    private final Set<ClientGroupName> failed = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    TrustUpkeep(
            Wishes wishes,
            StandbyTrust standby,
            OtherServers others,
            TrustRepository repository,
            ClientTrust trust,
            TrustNews news,
            AlertOutbox outbox,
            Clock clock) {
        this.wishes = wishes;
        this.standby = standby;
        this.others = others;
        this.repository = repository;
        this.trust = trust;
        this.news = news;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Looks over every group that has a package. One that cannot be kept right stops no other; it is looked at again next time. */
    public void pass() throws LifecycleException {
        Set<ClientGroupName> inUse =
                wishes.list().stream().flatMap(wish -> wish.clients().stream()).collect(Collectors.toSet());
        List<Condition> failing = new ArrayList<>();
        for (PublishedTrust published : repository.listPresent()) {
            if (inUse.contains(published.group())) {
                keep(wishes.group(published.group())).ifPresent(failing::add);
            }
        }
        var unused = new ConditionWatch(outbox)
                .passLasting(Set.of(AlertKind.TRUST_NOT_PUBLISHED), failing, wishes.recipients(), clock.instant());
    }

    /** What people are told where it failed twice in a row: one bad hour of a share heals by itself. */
    private Optional<Condition> keep(ClientGroup group) {
        try {
            List<Sighting> sightings = group.pinning() ? others.sightings(group) : List.of();
            List<Pin> pins = group.pinning() ? others.pins(group, sightings) : List.of();
            List<String> remarks = sightings.stream()
                    .flatMap(sighting -> sighting.packageRemark().stream())
                    .toList();
            var unused = trust.ensurePublished(standby.of(group).remarking(remarks), pins, Audience.CLIENTS);
            news.tell(group, List.of());
            withdrawLongExpired(group, pins);
            failed.remove(group.name());
            return Optional.empty();
        } catch (LifecycleException failure) {
            LOG.warn("trust package of {}: stays as it is: {}", group.name(), failure.getMessage());
            return failed.add(group.name()) ? Optional.empty() : Optional.of(condition(group, failure));
        }
    }

    private static Condition condition(ClientGroup group, LifecycleException failure) {
        return new Condition(
                "clients " + group.name(),
                AlertKind.TRUST_NOT_PUBLISHED,
                "package",
                "clients " + group.name() + ": their trust package could not be kept right",
                failure.getMessage(),
                "The package before stays. It is tried again every hour; renewals for these clients wait until it works.",
                List.of("certwright trust status " + group.name(), "certwright doctor"));
    }

    /** A leaf that no server shows and no client accepts any more, of a server that was managed by others. */
    private void withdrawLongExpired(ClientGroup group, List<Pin> shown) throws LifecycleException {
        TrustBundle known = TrustBundle.ofPins(group, shown);
        for (Pin pin : repository.getGiven(group).bundle().pins()) {
            Instant end = ValidityPeriod.of(pin.leaf()).notAfter().plus(group.retireAfter());
            if (!known.hasPinOf(pin) && end.isBefore(clock.instant())) {
                var unused = trust.ensureWithdrawn(group, pin);
            }
        }
    }
}
