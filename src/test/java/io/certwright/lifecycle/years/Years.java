package io.certwright.lifecycle.years;

import io.certwright.alert.ExpiryWatch;
import io.certwright.alert.Thresholds;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Narration;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.trust.ClientGroupName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * The time itself: it moves the clock from one thing to do to the next, runs what the planner would run, lets people and fate act,
 * and looks after each step whether all that must hold still holds.
 */
final class Years {
    private static final int MOST_STEPS = 200_000;
    private static final int MOST_RUNS_AT_ONCE = 5;
    private static final Duration LONGEST_WORRY = Duration.ofDays(3);

    private final Town town;
    private final Random random;
    private final int troubleOneIn;
    private final Tally tally = new Tally();
    private final List<String> breaches = new ArrayList<>();
    private final PriorityQueue<Todo> todos = new PriorityQueue<>();
    private final Set<String> cared = new HashSet<>();
    private final Set<CertificateName> bySecond = new HashSet<>();
    private final Map<CertificateName, Instant> excusedUntil = new HashMap<>();
    private final Map<CertificateName, Sha256Fingerprint> rolledBack = new HashMap<>();
    private final Map<CertificateName, Sha256Fingerprint> accepted = new HashMap<>();
    private final ExpiryWatch watch;
    private Urge urge = Urge.NONE;
    private long order;

    /** Something that a person or fate does at an instant. */
    private record Todo(Instant at, long order, Deed deed) implements Comparable<Todo> {
        @Override
        public int compareTo(Todo other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private interface Deed {
        void act() throws LifecycleException;
    }

    /** @param troubleOneIn of how many changes of a server one hits trouble */
    Years(Town town, Random random, int troubleOneIn) {
        this.town = town;
        this.random = random;
        this.troubleOneIn = troubleOneIn;
        this.watch = new ExpiryWatch(
                town.story().watchList(),
                town.stored().outbox(),
                Thresholds.standard(),
                Duration.ofDays(1),
                ZoneOffset.UTC);
        town.witness(this::binding);
    }

    /** What did not hold, up to the first step with a breach. */
    List<String> pass(Duration span) throws LifecycleException {
        Instant end = now().plus(span);
        town.story().nextLook().replanAll(now());
        every(Duration.ofDays(1), this::watch);
        every(Duration.ofDays(4), this::flipToReport);
        every(Duration.ofDays(9), this::issueByHand);
        every(Duration.ofDays(10), this::changeWish);
        every(Duration.ofDays(15), this::revoke);
        every(Duration.ofDays(12), this::force);
        every(Duration.ofDays(30), this::loseFirstCa);
        every(Duration.ofHours(12), town.story().upkeep()::pass);
        for (int step = 0; step < MOST_STEPS && breaches.isEmpty(); step++) {
            Instant next = nextInstant();
            if (next.isAfter(end)) {
                return breaches;
            }
            if (next.isAfter(now())) {
                town.clock().moveTo(next);
            }
            step();
        }
        if (breaches.isEmpty()) {
            breaches.add("more than " + MOST_STEPS + " steps");
        }
        return breaches;
    }

    Tally tally() {
        return tally;
    }

    private Instant now() {
        return town.clock().instant();
    }

    private Instant nextInstant() throws LifecycleException {
        Instant look = town.stored().looks().findNext().orElse(Instant.MAX);
        Instant todo = todos.isEmpty() ? Instant.MAX : todos.peek().at();
        return look.isBefore(todo) ? look : todo;
    }

    private void step() throws LifecycleException {
        while (!todos.isEmpty() && !todos.peek().at().isAfter(now())) {
            todos.remove().deed().act();
        }
        for (int again = 0; ; again++) {
            List<CertificateName> due = town.stored().looks().listDue(now(), 100);
            if (due.isEmpty()) {
                break;
            }
            if (again == MOST_RUNS_AT_ONCE) {
                breach("due again and again at once: " + due);
                break;
            }
            for (CertificateName name : due) {
                run(name, Urge.NONE);
                town.story().retiring().retireDue(town.wishes().get(name));
            }
        }
        look();
    }

    private void run(CertificateName name, Urge how) throws LifecycleException {
        if (random.nextInt(60) == 0) {
            town.stored().hostLocks().tryLock(town.hostOf(name), "another node", now(), Duration.ofMinutes(10));
        }
        urge = how;
        Optional<CertificateChain> before = town.serverOf(name).bound();
        RenewalOutcome outcome = town.story().lifecycle().renew(name, how, Narration.SILENT);
        urge = Urge.NONE;
        tally.count(outcome);
        follow(name, outcome, before);
    }

    private void follow(CertificateName name, RenewalOutcome outcome, Optional<CertificateChain> before)
            throws LifecycleException {
        SimServer server = town.serverOf(name);
        if (outcome instanceof RenewalOutcome.Renewed) {
            rolledBack.remove(name);
            accepted.remove(name);
            countIssuer(name);
        } else if (outcome instanceof RenewalOutcome.RolledBack) {
            if (!server.bound().equals(before)) {
                breach(name + " says it is rolled back, but " + server.name() + " is not pointed back");
            }
            town.stored()
                    .renewals()
                    .findOpen(name)
                    .flatMap(open -> open.issued())
                    .ifPresent(it -> rolledBack.put(name, it));
            care(name, "mend", () -> mendAndBind(name));
        } else if (outcome instanceof RenewalOutcome.RestoreFailed) {
            if (server.trouble() != SimServer.Trouble.NO_WAY_BACK && isFit(before)) {
                breach(name + " says it cannot be restored, but nothing is in the way, and " + server.name()
                        + " is not pointed back");
            }
            care(name, "mend", () -> mendAndBind(name));
        } else if (outcome instanceof RenewalOutcome.Rejected || outcome instanceof RenewalOutcome.DeniedByCa) {
            care(name, "force", () -> run(name, Urge.FORCE));
        } else if (outcome instanceof RenewalOutcome.Failed) {
            if (server.trouble() != SimServer.Trouble.NONE) {
                care(name, "heal", server::heal);
            }
        } else if (outcome instanceof RenewalOutcome.Waiting waiting) {
            wait(name, waiting.hold().kind());
        }
    }

    private void countIssuer(CertificateName name) throws LifecycleException {
        Optional<StoredCertificate> inUse = town.stored().certificates().findInUse(name);
        if (inUse.isPresent() && Town.isSecond(inUse.get().issuer())) {
            tally.count(bySecond.add(name) ? "failover to the second CA" : "again by the second CA");
        } else if (bySecond.remove(name)) {
            tally.count("failover handed back");
        }
    }

    /** Whether a server may be pointed back to it. */
    private boolean isFit(Optional<CertificateChain> before) throws LifecycleException {
        if (before.isEmpty()) {
            return false;
        }
        Optional<StoredCertificate> known = town.stored()
                .certificates()
                .find(Sha256Fingerprint.of(before.get().leaf()));
        return known.isPresent() && known.get().isFitToServeAt(now());
    }

    private void wait(CertificateName name, HoldKind kind) {
        switch (kind) {
            case REPORT_MODE -> care(name, "manage", () -> manage(town.hostOf(name)));
            case BY_HAND -> care(name, "bind", () -> run(name, Urge.BIND));
            case CLIENT_TRUST -> sometimesHurry(name);
            case PERSON -> care(name, "mend", () -> mendAndBind(name));
            case APPROVAL, VALIDITY, WINDOW, BUSY_HOST -> {}
        }
    }

    private void sometimesHurry(CertificateName name) {
        int choice = random.nextInt(20);
        if (choice < 3) {
            care(name, "confirm", () -> confirm(town.wishes().get(name)));
        } else if (choice == 3) {
            care(name, "hurry", () -> run(name, Urge.NONE.andAcceptUntrustingClients()));
        }
    }

    private void confirm(ManagedCertificate wish) throws LifecycleException {
        ClientGroupName group = wish.clients().orElseThrow();
        town.clients().allTookIt(group);
        town.clientTrust().confirm(town.wishes().group(group), "ada");
        run(wish.name(), Urge.NONE);
    }

    private void mendAndBind(CertificateName name) throws LifecycleException {
        town.serverOf(name).heal();
        rolledBack.remove(name);
        run(name, Urge.BIND);
    }

    /** A person does it some time later, short beside the certificate's life; each kind of thing once at a time for each certificate. */
    private void care(CertificateName name, String kind, Deed deed) {
        String worried = name + " " + kind;
        if (cared.add(worried)) {
            Duration worry = town.lifetimeOf(name).dividedBy(60);
            Duration longest = worry.compareTo(LONGEST_WORRY) < 0 ? worry : LONGEST_WORRY;
            at(now().plusSeconds(60 + random.nextInt((int) longest.toSeconds())), () -> {
                cared.remove(worried);
                deed.act();
            });
        }
    }

    private void at(Instant when, Deed deed) {
        todos.add(new Todo(when, order++, deed));
    }

    private void every(Duration usual, Deed deed) {
        long seconds = usual.toSeconds() / 2 + random.nextInt((int) usual.toSeconds());
        at(now().plusSeconds(seconds), () -> {
            deed.act();
            every(usual, deed);
        });
    }

    private void watch() throws LifecycleException {
        for (int told = watch.pass(now()); told > 0; told--) {
            tally.count("expiry alerts");
        }
        for (String stuck : town.listStuck(now().minus(Duration.ofDays(90)))) {
            breach("the renewal of " + stuck + " is open for more than 90 days");
        }
        for (String doubled : town.listDoubled()) {
            breach(doubled + " has two open renewals");
        }
    }

    /** For longer than the shortest lives last, and than the others can wait near their ends. */
    private void loseFirstCa() {
        town.loseFirstCaUntil(now().plus(Duration.ofDays(8 + random.nextInt(13))));
        tally.count("event CA out of reach");
    }

    private void flipToReport() {
        CertificateName name = town.anyName(random);
        HostName host = town.hostOf(name);
        town.wishes().mode(host, HostMode.REPORT);
        tally.count("event report mode");
        Duration longest = town.lifetimeOf(name)
                .multipliedBy(random.nextInt(4) == 0 ? 2 : 1)
                .dividedBy(3);
        Duration capped = longest.compareTo(Duration.ofDays(40)) < 0 ? longest : Duration.ofDays(40);
        at(now().plus(capped), () -> manage(host));
    }

    /** Whoever left a host in report mode is to blame for what expired there, not the story; from now on it is the story again. */
    private void manage(HostName host) throws LifecycleException {
        if (town.wishes().host(host).mode() == HostMode.MANAGE) {
            return;
        }
        town.wishes().mode(host, HostMode.MANAGE);
        for (CertificateName name : town.namesOn(host)) {
            excusedUntil.put(name, now().plus(town.lifetimeOf(name).dividedBy(4)));
            run(name, Urge.NONE);
        }
    }

    private void issueByHand() throws LifecycleException {
        run(town.anyName(random), Urge.ISSUE_ONLY);
    }

    private void force() throws LifecycleException {
        run(town.anyName(random), Urge.FORCE);
    }

    private void changeWish() throws LifecycleException {
        CertificateName name = town.anyName(random);
        town.changeWish(name, random);
        rolledBack.remove(name);
        tally.count("event wish changed");
        run(name, Urge.NONE);
    }

    private void revoke() throws LifecycleException {
        CertificateName name = town.anyName(random);
        Optional<StoredCertificate> inUse = town.stored().certificates().findInUse(name);
        if (inUse.isPresent()) {
            town.stored().certificates().markRevoked(inUse.get().certificate().sha256(), now());
            tally.count("event revoked");
            run(name, Urge.NONE);
        }
    }

    /** A server is about to be changed: its clients must be able to follow, unless that would help nobody. */
    private void binding(SimServer server, CertificateToBind next) throws LifecycleException {
        tally.count("bound");
        Sha256Fingerprint leaf = next.certificate().sha256();
        if (leaf.equals(rolledBack.get(next.name()))) {
            breach(next.name() + " is bound again by itself after a rollback");
        }
        ManagedCertificate wish = town.wishes().get(next.name());
        if (urge.acceptUntrustingClients()) {
            accepted.put(next.name(), leaf);
        }
        if (wish.clients().isPresent() && server.bound().isPresent() && !leaf.equals(accepted.get(next.name()))) {
            requireTrust(server, next, wish);
        }
        if (random.nextInt(troubleOneIn) == 0 && server.trouble() == SimServer.Trouble.NONE) {
            server.troubled(town.anyTrouble(random), town.anyKind(random));
            tally.count("event " + server.trouble());
        }
    }

    private void requireTrust(SimServer server, CertificateToBind next, ManagedCertificate wish)
            throws LifecycleException {
        Instant from = town.clients()
                .acceptFrom(
                        wish.clients().orElseThrow(),
                        next.certificate().leaf(),
                        town.anchorOf(next.certificate().leaf()));
        Optional<StoredCertificate> inUse = town.stored().certificates().findInUse(next.name());
        Instant useful = inUse.filter(old -> !old.isRevoked())
                .map(old -> old.certificate().validity().notAfter())
                .orElse(Instant.MIN);
        boolean emergency = useful.isBefore(town.openingAfter(server.host(), from));
        if (now().isBefore(from) && !emergency) {
            breach(server.name() + " is bound at " + now() + ", before its clients accept it at " + from);
        }
    }

    /** No server shows an expired certificate, but for those whose host was not to be changed. */
    private void look() {
        for (ManagedCertificate wish : town.wishes().list()) {
            Optional<CertificateChain> served = town.serverOf(wish.name()).served();
            boolean blamed = town.wishes().host(town.hostOf(wish.name())).mode() == HostMode.REPORT
                    || now().isBefore(excusedUntil.getOrDefault(wish.name(), Instant.MIN));
            if (served.isPresent() && ValidityPeriod.of(served.get().leaf()).isExpiredAt(now())) {
                if (blamed) {
                    tally.count("expired in report mode");
                } else {
                    breach("an expired certificate is served for " + wish.name() + ": " + town.historyOf(wish.name()));
                }
            }
        }
    }

    private void breach(String sentence) {
        breaches.add(now() + " " + sentence);
    }
}
