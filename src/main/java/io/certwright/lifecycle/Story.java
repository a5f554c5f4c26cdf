package io.certwright.lifecycle;

import io.certwright.trust.ClientTrust;

/** The steps and use cases of this room, wired by hand from the ports: the only place that knows all of them. */
public final class Story {
    private final CertificateLifecycle lifecycle;
    private final DueDates dueDates;
    private final NextLook nextLook;
    private final Retiring retiring;
    private final RollingBack rollingBack;
    private final Revoking revoking;
    private final Adopting adopting;
    private final Answering answering;
    private final RenewalPreview preview;
    private final ManagedWatchList watchList;
    private final IssuerWatchList issuerWatchList;
    private final PinWatchList pinWatchList;
    private final TrustConfirming confirming;
    private final RevocationWatch revocationWatch;
    private final SuggestionWatch suggestionWatch;
    private final TrustReporting reporting;
    private final TrustUpkeep upkeep;

    public Story(LifecyclePorts ports) {
        this(ports, OutcomeWitness.NONE);
    }

    public Story(LifecyclePorts ports, OutcomeWitness witness) {
        LifecyclePorts.Repositories stored = ports.repositories();
        var wishes = ports.wishes();
        var certificates = stored.certificates();
        var trust = new ClientTrust(stored.trust(), ports.trustPublisher(), ports.clock());
        var plannedUse = new PlannedUse(wishes, ports.bindings());
        var checking = new Checking(
                ports.policy(), ports.issuers(), wishes, plannedUse, certificates, new WorldLook(ports.lookups()));
        var plan = new SwitchPlan(ports.bindings());
        var proving = new Proving(ports.probe(), ports.pause());
        var restoring = new Restoring(ports.bindings(), certificates, proving, plan);
        var others =
                new OtherServers(wishes, ports.bindings(), certificates, stored.trust(), ports.probe(), ports.clock());
        var news = new TrustNews(wishes, stored.trust(), stored.outbox(), ports.clock());
        var publishing = new Publishing(wishes, ports.issuers(), ports.bindings(), certificates, others, trust, news);
        var holding = new Holding(wishes, ports.bindings(), certificates, stored.hostLocks(), plan, ports.pause());
        var issuing = new Issuing(ports.issuers(), ports.circuits(), ports.keys(), certificates);
        answering = new Answering(ports.issuers(), stored.renewals(), issuing, ports.clock());
        dueDates = new DueDates(plannedUse, certificates, checking, ports.issuers());
        retiring = new Retiring(ports, trust);
        var failover = new Failover(stored.renewals(), certificates, plannedUse);
        nextLook = new NextLook(wishes, stored.renewals(), dueDates, retiring, stored.looks());
        var outcomes = new OutcomeRecord(
                stored.transactions(),
                certificates,
                dueDates,
                nextLook,
                failover,
                new OutcomeAlerts(),
                stored.outbox(),
                stored.audit(),
                witness);
        var switchOver = new SwitchOver(ports.bindings(), stored.snapshots(), stored.hostLocks(), proving, restoring);
        lifecycle = new CertificateLifecycle(
                wishes,
                new RunFactory(
                        new Opening(stored.renewals(), certificates, dueDates, failover),
                        stored.renewals(),
                        ports.clock()),
                new CertificateLifecycle.Steps(
                        issuing, checking, new Storing(certificates), publishing, holding, switchOver),
                outcomes,
                nextLook);
        rollingBack = new RollingBack(ports, restoring, holding, outcomes);
        revoking = new Revoking(ports, lifecycle, nextLook);
        adopting = new Adopting(stored, ports.clock());
        preview = new RenewalPreview(ports, dueDates, holding);
        watchList = new ManagedWatchList(
                wishes,
                certificates,
                ports.bindings(),
                new Obstacles(wishes, stored.renewals(), stored.trust(), ports.clock()),
                ports.clock());
        issuerWatchList = new IssuerWatchList(wishes, ports.issuers(), certificates);
        pinWatchList = new PinWatchList(wishes, stored.trust());
        confirming = new TrustConfirming(ports, trust, nextLook);
        revocationWatch = new RevocationWatch(wishes, ports.issuers(), stored, nextLook);
        upkeep = new TrustUpkeep(
                wishes,
                new StandbyTrust(wishes, ports.issuers()),
                others,
                stored.trust(),
                trust,
                news,
                stored.outbox(),
                ports.clock());
        suggestionWatch =
                new SuggestionWatch(wishes, ports.issuers(), ports.circuits(), certificates, dueDates, nextLook);
        reporting = new TrustReporting(stored.trust(), confirming, ports.clock());
    }

    public CertificateLifecycle lifecycle() {
        return lifecycle;
    }

    public DueDates dueDates() {
        return dueDates;
    }

    public NextLook nextLook() {
        return nextLook;
    }

    public Retiring retiring() {
        return retiring;
    }

    public RollingBack rollingBack() {
        return rollingBack;
    }

    public Revoking revoking() {
        return revoking;
    }

    public Adopting adopting() {
        return adopting;
    }

    public Answering answering() {
        return answering;
    }

    public RenewalPreview preview() {
        return preview;
    }

    public ManagedWatchList watchList() {
        return watchList;
    }

    public IssuerWatchList issuerWatchList() {
        return issuerWatchList;
    }

    public PinWatchList pinWatchList() {
        return pinWatchList;
    }

    public TrustConfirming confirming() {
        return confirming;
    }

    public SuggestionWatch suggestionWatch() {
        return suggestionWatch;
    }

    public RevocationWatch revocationWatch() {
        return revocationWatch;
    }

    public TrustUpkeep upkeep() {
        return upkeep;
    }

    public TrustReporting reporting() {
        return reporting;
    }
}
