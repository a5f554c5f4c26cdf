package io.certwright.lifecycle;

import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientHost;
import io.certwright.trust.ClientReport;
import io.certwright.trust.Coverage;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.TrustRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Machines report what they have, or a person does for them: when the wished share of them has it, the wait is over. */
public final class TrustReporting {
    private final TrustRepository trust;
    private final TrustConfirming confirming;
    private final Clock clock;

    TrustReporting(TrustRepository trust, TrustConfirming confirming, Clock clock) {
        this.trust = trust;
        this.confirming = confirming;
        this.clock = clock;
    }

    /**
     * What came of reports.
     *
     * @param newer how many said something newer than what was known
     * @param confirmed what goes on, where the reports ended the wait
     */
    public record Reported(Coverage coverage, int newer, Optional<TrustConfirming.Confirmed> confirmed) {}

    /** Empty when the group has no package yet, so that nobody can have it. */
    public Optional<Reported> record(ClientGroup group, Collection<ClientReport> reports, String source)
            throws LifecycleException {
        Optional<PublishedTrust> present = trust.findPresent(group.name());
        if (present.isEmpty()) {
            return Optional.empty();
        }
        int newer = trust.reports().record(group.name(), reports, source);
        Coverage coverage = Coverage.of(group, present.get(), trust.reports().list(group.name()));
        boolean ends = coverage.isEnough() && !present.get().isEffectiveAt(clock.instant());
        return Optional.of(
                new Reported(coverage, newer, ends ? confirming.confirm(group, coverage.who()) : Optional.empty()));
    }

    /** A person says so of some machines. */
    public Optional<Reported> vouchFor(ClientGroup group, List<ClientHost> hosts, String person)
            throws LifecycleException {
        Optional<PublishedTrust> present = trust.findPresent(group.name());
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String packageName = ClientReport.nameOf(present.get());
        List<ClientReport> reports = hosts.stream()
                .map(host -> new ClientReport(host, packageName, true, "said by " + person, now))
                .toList();
        return record(group, reports, person);
    }
}
