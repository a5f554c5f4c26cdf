package io.certwright.lifecycle;

import io.certwright.binding.HostLock;
import io.certwright.binding.HostLocks;
import io.certwright.binding.HostName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.PublishedTrust;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The step that decides whether a certificate may be bound now. One reason to wait at a time, the one that lasts longest in a
 * person's eyes first: report mode, an earlier rollback, the clients' trust, the maintenance window, a busy host.
 */
final class Holding {
    /** Longer than any switch-over takes; a holder that died blocks a host no longer than this. */
    static final Duration HOST_LEASE = Duration.ofMinutes(5);

    private static final Duration BUSY_RETRY = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int LOOKS_AT_BUSY_HOST = 40;

    private final Wishes wishes;
    private final ServerBindings bindings;
    private final CertificateRepository certificates;
    private final HostLocks locks;
    private final SwitchPlan plan;
    private final Pause pause;

    Holding(
            Wishes wishes,
            ServerBindings bindings,
            CertificateRepository certificates,
            HostLocks locks,
            SwitchPlan plan,
            Pause pause) {
        this.wishes = wishes;
        this.bindings = bindings;
        this.certificates = certificates;
        this.locks = locks;
        this.plan = plan;
        this.pause = pause;
    }

    /** On a host in report mode nothing is even issued. */
    Optional<Hold> beforeIssuing(ManagedCertificate wish) {
        return hostsOf(wish).stream()
                .map(wishes::host)
                .filter(host -> host.mode() == HostMode.REPORT)
                .findFirst()
                .map(
                        host -> Hold.forPerson(
                                HoldKind.REPORT_MODE,
                                "host " + host.name()
                                        + " is in mode report, so nothing is issued for it; set \"mode: manage\" in its settings to let it change"));
    }

    Readiness readinessFor(RenewalRun run, StoredCertificate stored, Optional<PublishedTrust> trust)
            throws LifecycleException {
        Optional<Hold> byHand = rolledBackBefore(run, stored);
        if (byHand.isPresent()) {
            return new Readiness.Held(byHand.get());
        }
        Optional<StoredCertificate> predecessor = certificates.findInUse(run.name());
        Optional<String> emergency = emergency(run, predecessor, trust);
        if (emergency.isEmpty() && !isBegun(run)) {
            Optional<Hold> hold = trustOf(run, trust).or(() -> windowOf(run));
            if (hold.isPresent()) {
                return new Readiness.Held(hold.get());
            }
        }
        Readiness.Basis basis = basisOf(run, emergency, trust);
        String sentence = emergency.orElse(trust.map(PublishedTrust::reason).orElse("no client group waits for it"));
        return locked(run, basis, sentence);
    }

    /** Why neither wait nor window counts: the certificate in use is of no use any more, or will not be when they are over. */
    private Optional<String> emergency(
            RenewalRun run, Optional<StoredCertificate> predecessor, Optional<PublishedTrust> trust) {
        if (predecessor.isEmpty()) {
            return Optional.empty();
        }
        StoredCertificate old = predecessor.get();
        Instant ends = old.certificate().validity().notAfter();
        if (old.isRevoked()) {
            return Optional.of("emergency: the certificate in use is revoked");
        }
        if (old.certificate().validity().isExpiredAt(run.now())) {
            return Optional.of("emergency: the certificate in use expired at " + ends);
        }
        Instant bindable = bindableFrom(run, trust);
        return bindable.isAfter(ends)
                ? Optional.of("emergency: the certificate in use ends at " + ends
                        + ", before the wait for clients and maintenance window is over at "
                        + bindable.truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty();
    }

    /** When the wait for clients is over and every host's window is open, at the earliest. */
    private Instant bindableFrom(RenewalRun run, Optional<PublishedTrust> trust) {
        Instant from = trust.map(PublishedTrust::effectiveFrom).orElse(run.now());
        Instant earliest = from.isBefore(run.now()) ? run.now() : from;
        Instant bindable = earliest;
        for (HostName name : hostsOf(run.wish())) {
            Instant opening = wishes.host(name)
                    .window()
                    .map(window -> window.nextOpeningFrom(earliest))
                    .orElse(earliest);
            bindable = opening.isAfter(bindable) ? opening : bindable;
        }
        return bindable;
    }

    private Optional<Hold> rolledBackBefore(RenewalRun run, StoredCertificate stored) throws LifecycleException {
        Optional<Renewal.Standing> standing = run.facts().standing();
        if (run.urge().bind() || standing.isEmpty() || standing.get().plan().isEmpty()) {
            return Optional.empty();
        }
        if (!standing.get().plan().equals(plan.fingerprint(run.wish(), stored.certificate(), run.now()))) {
            return Optional.empty();
        }
        return Optional.of(Hold.forPerson(
                HoldKind.PERSON,
                standing.get().sentence()
                        + "; nothing has changed since, so it is not bound again by itself: \"certwright bind "
                        + run.name() + "\" does"));
    }

    private Optional<Hold> trustOf(RenewalRun run, Optional<PublishedTrust> trust) {
        return trust.filter(published -> !published.isEffectiveAt(run.now()))
                .filter(published -> !run.urge().acceptUntrustingClients())
                .map(published -> Hold.until(
                        HoldKind.CLIENT_TRUST,
                        published.effectiveFrom(),
                        "clients of " + published.group() + " have the new trust from "
                                + published.effectiveFromInWords()
                                + " on ("
                                + published.reason() + "); \"certwright trust confirm " + published.group()
                                + "\" ends the wait"));
    }

    private Optional<Hold> windowOf(RenewalRun run) {
        if (run.urge().bind()) {
            return Optional.empty();
        }
        return hostsOf(run.wish()).stream()
                .map(wishes::host)
                .filter(host -> host.window()
                        .filter(window -> !window.isOpenAt(run.now()))
                        .isPresent())
                .findFirst()
                .map(host -> closedWindow(host, run.now()));
    }

    private static Hold closedWindow(Host host, Instant now) {
        var window = host.window().orElseThrow();
        Instant opens = window.nextOpeningFrom(now);
        return Hold.until(
                HoldKind.WINDOW,
                opens,
                "the maintenance window of host " + host.name() + " (" + window + ") opens at " + opens);
    }

    private static Readiness.Basis basisOf(RenewalRun run, Optional<String> emergency, Optional<PublishedTrust> trust) {
        if (emergency.isPresent()) {
            return Readiness.Basis.EMERGENCY;
        }
        boolean trusted =
                trust.map(published -> published.isEffectiveAt(run.now())).orElse(true);
        if (trusted) {
            return Readiness.Basis.EFFECTIVE_TRUST;
        }
        return isBegun(run) ? Readiness.Basis.BEGUN : Readiness.Basis.PERSON;
    }

    /** What an earlier run bound is proven or restored now, not when trust or window would allow to begin. */
    private static boolean isBegun(RenewalRun run) {
        return run.facts().boundAt().isPresent();
    }

    /** A person goes back by hand: only report mode and a busy host stand in the way. */
    Readiness byHand(RenewalRun run) throws LifecycleException {
        Optional<Hold> forbidden = beforeIssuing(run.wish());
        return forbidden.isPresent()
                ? new Readiness.Held(forbidden.get())
                : locked(run, Readiness.Basis.PERSON, "a person said so");
    }

    /** Takes every host, in one order for all, or none. */
    private Readiness locked(RenewalRun run, Readiness.Basis basis, String sentence) throws LifecycleException {
        List<HostLock> held = new ArrayList<>();
        for (HostName host : hostsOf(run.wish())) {
            Optional<HostLock> lock = lock(host, run);
            if (lock.isEmpty()) {
                release(held);
                return new Readiness.Held(busy(host, run));
            }
            held.add(lock.get());
        }
        return new Readiness.Ready(basis, sentence, held);
    }

    /**
     * Waits a moment for another renewal of this process. A lock that this very renewal holds is left over from a run that died: the
     * record's version keeps two runs of one renewal apart, so it is taken over.
     */
    private Optional<HostLock> lock(HostName host, RenewalRun run) throws LifecycleException {
        Optional<HostLock> leftOver = locks.find(host, run.now()).filter(lock -> lock.isHeldBy(holderOf(run)));
        if (leftOver.isPresent()) {
            locks.release(leftOver.get());
        }
        Optional<HostLock> lock = locks.tryLock(host, holderOf(run), run.now(), HOST_LEASE);
        for (int look = 0; lock.isEmpty() && look < LOOKS_AT_BUSY_HOST; look++) {
            pause.lasting(BETWEEN_LOOKS);
            lock = locks.tryLock(host, holderOf(run), run.now(), HOST_LEASE);
        }
        return lock;
    }

    private Hold busy(HostName host, RenewalRun run) throws LifecycleException {
        String holder = locks.find(host, run.now()).map(HostLock::holder).orElse("another renewal");
        return Hold.until(
                HoldKind.BUSY_HOST, run.now().plus(BUSY_RETRY), "host " + host + " is being changed by " + holder);
    }

    void release(List<HostLock> held) throws LifecycleException {
        for (HostLock lock : held) {
            locks.release(lock);
        }
    }

    private static String holderOf(RenewalRun run) {
        return "renewal " + run.facts().id() + " of " + run.name();
    }

    private SortedSet<HostName> hostsOf(ManagedCertificate wish) {
        TreeSet<HostName> hosts = new TreeSet<>();
        wish.bindings().forEach(binding -> hosts.add(bindings.get(binding).host()));
        return hosts;
    }
}
