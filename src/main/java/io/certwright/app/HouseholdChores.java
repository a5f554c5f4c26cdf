package io.certwright.app;

import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertSettings;
import io.certwright.alert.ExpiryWatch;
import io.certwright.alert.Thresholds;
import io.certwright.alert.WatchList;
import io.certwright.certificate.CertificateName;
import io.certwright.doctor.DiskWatch;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.IssuerWatchList;
import io.certwright.lifecycle.watch.OtherCertificates;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lookup.dns.SystemNames;
import io.certwright.schedule.Chores;
import java.util.List;
import java.util.Optional;

/** What the schedule has done again and again, by the use cases of this household. */
record HouseholdChores(Household household) implements Chores {
    @Override
    public List<CertificateName> listDue(int limit) throws LifecycleException {
        return household.stored().looks().listDue(household.clock().instant(), limit);
    }

    @Override
    public void tend(CertificateName name) throws LifecycleException {
        Optional<ManagedCertificate> wish = household.inForce().find(name);
        if (wish.isPresent()) {
            household.story().lifecycle().renew(name);
            household.story().retiring().retireDue(wish.get());
        }
    }

    /** What fails stops nothing else, and is the failure of the whole: then no look counts as having come to its end. */
    @Override
    public void watch() throws LifecycleException {
        List<Watch> watches = List.of(
                () -> watchEnds(household.story().watchList(), rules().thresholds()),
                () -> watchEnds(household.story().issuerWatchList(), IssuerWatchList.THRESHOLDS),
                () -> watchEnds(household.story().pinWatchList(), rules().thresholds()),
                this::watchDisks,
                this::watchOthers,
                // Last: it asks servers of others, and the mails about what expires must not wait for them.
                this::watchRevocation,
                this::watchSuggestions);
        Optional<LifecycleException> failure = Optional.empty();
        for (Watch watch : watches) {
            try {
                watch.look();
            } catch (LifecycleException failed) {
                failure = failure.or(() -> Optional.of(failed));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        household.stored().pulses().beat(household.clock().instant());
    }

    /** One of several looks. */
    private interface Watch {
        void look() throws LifecycleException;
    }

    private AlertSettings rules() throws LifecycleException {
        return household.settings().alerts().rules();
    }

    private void watchEnds(WatchList list, Thresholds thresholds) throws LifecycleException {
        var unused = new ExpiryWatch(list, household.outbox(), thresholds, rules().grace(), rules().zone())
                .pass(household.clock().instant());
    }

    private void watchDisks() throws LifecycleException {
        RealMachine machine = new RealMachine(
                household.clock(), new SystemNames(household.clock()), household.probe(), presented -> false);
        var unused = new DiskWatch(machine, household.outbox())
                .pass(household.folders(), rules().to(), household.clock().instant());
    }

    private void watchOthers() throws LifecycleException {
        var unused = new OtherCertificates(
                        household.probe(),
                        household.stored().sightings(),
                        household.outbox(),
                        household.stored().transactions())
                .pass(household.settings().watch(), rules(), household.clock().instant());
    }

    private void watchRevocation() throws LifecycleException {
        try {
            var unused = household
                    .story()
                    .revocationWatch()
                    .pass(household.lookups(), household.clock().instant());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void watchSuggestions() throws LifecycleException {
        var unused = household.story().suggestionWatch().pass(household.clock().instant());
    }

    @Override
    public void sendMails() throws LifecycleException {
        household.dispatch().ifPresent(AlertDispatch::run);
    }

    @Override
    public void maintain() throws LifecycleException {
        for (Issuer issuer : household.inForce().issuers()) {
            if (issuer instanceof BuiltinIssuer builtin) {
                builtin.maintain();
            }
        }
        household.story().upkeep().pass();
    }
}
