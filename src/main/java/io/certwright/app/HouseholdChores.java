package io.certwright.app;

import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertSettings;
import io.certwright.alert.ExpiryWatch;
import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.watch.OtherCertificates;
import io.certwright.lifecycle.wish.ManagedCertificate;
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

    @Override
    public void watch() throws LifecycleException {
        AlertSettings rules = household.settings().alerts().rules();
        new ExpiryWatch(
                        household.story().watchList(),
                        household.outbox(),
                        rules.thresholds(),
                        rules.grace(),
                        rules.zone())
                .pass(household.clock().instant());
        new OtherCertificates(
                        household.probe(),
                        household.stored().sightings(),
                        household.outbox(),
                        household.stored().transactions())
                .pass(household.settings().watch(), rules, household.clock().instant());
        watchRevocation();
    }

    /** Last: it asks servers of others, and the mails about what expires must not wait for them. */
    private void watchRevocation() throws LifecycleException {
        try {
            household
                    .story()
                    .revocationWatch()
                    .pass(household.lookups(), household.clock().instant());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
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
