package io.certwright.lifecycle;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps packages right between renewals: a server that others look after has a new certificate, the settings say more, somebody
 * emptied the share. What is right already is not touched.
 */
public final class TrustUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(TrustUpkeep.class);

    private final Wishes wishes;
    private final OtherServers others;
    private final TrustRepository repository;
    private final ClientTrust trust;

    TrustUpkeep(Wishes wishes, OtherServers others, TrustRepository repository, ClientTrust trust) {
        this.wishes = wishes;
        this.others = others;
        this.repository = repository;
        this.trust = trust;
    }

    /** Looks over every group that has a package. One that cannot be kept right stops no other; it is looked at again next time. */
    public void pass() throws LifecycleException {
        Set<ClientGroupName> inUse =
                wishes.list().stream().flatMap(wish -> wish.clients().stream()).collect(Collectors.toSet());
        for (PublishedTrust published : repository.listPresent()) {
            if (inUse.contains(published.group())) {
                keep(wishes.group(published.group()));
            }
        }
    }

    private void keep(ClientGroup group) {
        try {
            List<Pin> pins = new ArrayList<>();
            List<String> remarks = new ArrayList<>();
            for (Sighting sighting : group.pinning() ? others.sightings(group) : List.<Sighting>of()) {
                sighting.pin().ifPresent(pins::add);
                sighting.packageRemark().ifPresent(remarks::add);
            }
            var unused = trust.ensurePublished(TrustBundle.empty(group).remarking(remarks), pins, Audience.CLIENTS);
        } catch (LifecycleException failed) {
            LOG.warn("trust package of {}: stays as it is: {}", group.name(), failed.getMessage());
        }
    }
}
