package io.certwright.lifecycle;

import io.certwright.alert.Recipient;
import io.certwright.alert.WatchList;
import io.certwright.alert.Watched;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.Pin;
import io.certwright.trust.TrustRepository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pins by which clients know servers that others look after, of each server the one that lasts longest. That a server of ours gets
 * its next pin in time is the story's business, and its certificate is watched by itself.
 */
public final class PinWatchList implements WatchList {
    private final Wishes wishes;
    private final TrustRepository trust;

    PinWatchList(Wishes wishes, TrustRepository trust) {
        this.wishes = wishes;
        this.trust = trust;
    }

    @Override
    public List<Watched> listWatched() throws LifecycleException {
        List<Watched> watched = new ArrayList<>();
        for (Map.Entry<ClientGroupName, List<Recipient>> served : recipients().entrySet()) {
            ClientGroup group = wishes.group(served.getKey());
            if (group.pinning()) {
                watched.addAll(ofGroup(group, served.getValue()));
            }
        }
        return watched;
    }

    private Map<ClientGroupName, List<Recipient>> recipients() {
        Map<ClientGroupName, List<Recipient>> recipients = new HashMap<>();
        for (ManagedCertificate wish : wishes.list()) {
            wish.clients()
                    .ifPresent(group -> recipients
                            .computeIfAbsent(group, name -> new ArrayList<>())
                            .addAll(wish.recipients()));
        }
        return recipients;
    }

    private List<Watched> ofGroup(ClientGroup group, List<Recipient> to) throws LifecycleException {
        List<Pin> pins = trust.getGiven(group).bundle().pins();
        return group.alsoTalkTo().stream()
                .flatMap(server -> lastOf(pins, server.toString()).stream().map(pin -> watched(group, server, pin, to)))
                .toList();
    }

    private static Optional<Pin> lastOf(List<Pin> pins, String server) {
        return pins.stream()
                .filter(pin -> pin.isOf(server))
                .max(Comparator.comparing(pin -> pin.leaf().getNotAfter()));
    }

    private static Watched watched(ClientGroup group, Object server, Pin pin, List<Recipient> to) {
        return new Watched(
                server + " for clients of " + group.name(),
                pin.thumbprint(),
                ValidityPeriod.of(pin.leaf()),
                Optional.empty(),
                to,
                Watched.Nature.PIN,
                Optional.empty(),
                List.of("certwright probe " + server, "certwright trust status " + group.name()));
    }
}
