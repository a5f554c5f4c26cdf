package io.certwright.wsus;

import io.certwright.audit.AuditAct;
import io.certwright.binding.BoundState;
import io.certwright.binding.HostLock;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.windows.Answers;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.InvokeConfigureSsl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does the next due step of a server's switch to TLS, or ends with what it waits for: certificate bound, clients ready, downstream servers
 * linked, then TLS required, configured and proven by the probes that were good before. Harmless to run again at any time.
 */
public final class WsusApply {
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final Duration BUSY_RETRY = Duration.ofMinutes(2);

    private final WsusPorts ports;
    private final ClientReadiness readiness;
    private final DownstreamLinks links;
    private final WsusUndo undo;
    private final PointSwitch point;

    public WsusApply(WsusPorts ports) {
        this.ports = ports;
        this.readiness = new ClientReadiness(ports);
        this.links = new DownstreamLinks(ports);
        this.undo = new WsusUndo(ports);
        this.point = new PointSwitch(ports);
    }

    /** What would be done to a server alone, and what it would wait for first. Changes nothing. */
    public WsusOutcome preview(WsusServer server) throws LifecycleException {
        WsusPlan plan = WsusPlan.of(
                server, WsusState.read(calls(server), server), WsusApi.ask(calls(server)), isBrokenOff(server));
        List<String> sentences = new ArrayList<>();
        findHold(server, false).ifPresent(hold -> sentences.add("would wait: " + hold.sentence()));
        for (WsusServer below : server.downstream()) {
            sentences.addAll(links.preview(server, below));
        }
        plan.sentences().forEach(sentence -> sentences.add("would " + sentence));
        sentences.addAll(point.preview(server));
        return sentences.isEmpty() ? new WsusOutcome.Compliant(List.of()) : new WsusOutcome.Planned(sentences);
    }

    /**
     * Takes the steps that are due, each looked at before and after.
     *
     * @param clientsReady a person vouches for the clients: they have trust and URL, or may be cut off
     */
    public WsusOutcome apply(WsusServer server, boolean clientsReady) throws LifecycleException {
        Optional<Hold> forbidden = reportMode(server);
        if (forbidden.isPresent()) {
            return new WsusOutcome.Held(forbidden.get(), preview(server).sentences());
        }
        Optional<HostLock> lock =
                ports.locks().tryLock(server.host(), "wsus apply", ports.clock().instant(), LEASE);
        if (lock.isEmpty()) {
            return new WsusOutcome.Held(busy(server), List.of());
        }
        try {
            WsusOutcome outcome = applyLocked(server, clientsReady);
            return outcome instanceof WsusOutcome.Compliant switched
                    ? point.ensureTold(server, switched.sentences())
                    : outcome;
        } finally {
            ports.locks().release(lock.get());
        }
    }

    private WsusOutcome applyLocked(WsusServer server, boolean clientsReady) throws LifecycleException {
        WindowsHost calls = calls(server);
        WsusState before = WsusState.read(calls, server);
        WsusPlan plan = WsusPlan.of(server, before, WsusApi.ask(calls), isBrokenOff(server));
        if (plan.isEmpty() && links.areAllLinked(server)) {
            markDone(server);
            return new WsusOutcome.Compliant(List.of());
        }
        WsusSwitch record = begin(server, before);
        Optional<Hold> hold = findHold(server, clientsReady);
        if (hold.isEmpty()) {
            hold = links.ensureLinked(server, record.beganAt());
        }
        if (hold.isPresent()) {
            return new WsusOutcome.Held(hold.get(), List.of());
        }
        WsusOutcome outcome = perform(server, calls, plan, record);
        ports.audit()
                .record(
                        AuditAct.WSUS_APPLY,
                        "WSUS server " + server.host(),
                        (clientsReady ? "a person vouched for the clients; " : "") + outcome.word());
        return outcome;
    }

    private WsusOutcome perform(WsusServer server, WindowsHost calls, WsusPlan plan, WsusSwitch record)
            throws LifecycleException {
        WsusSwitch stepping = record.isBrokenOff() ? record : beginSteps(server, calls, record);
        List<String> done = new ArrayList<>();
        Optional<String> broken = takeSteps(server, calls, plan, done);
        if (broken.isEmpty()) {
            broken = worse(stepping, WsusProbe.look(calls, server));
        }
        if (broken.isPresent()) {
            return undo.afterFailure(server, stepping, broken.get());
        }
        markDone(server);
        return new WsusOutcome.Compliant(done);
    }

    /** Stored before the first step: a run that breaks off leaves nobody who remembers what was good. */
    private WsusSwitch beginSteps(WsusServer server, WindowsHost calls, WsusSwitch record) throws LifecycleException {
        List<String> good = WsusProbe.look(calls, server).stream()
                .filter(WsusProbe.Seen::isGood)
                .map(seen -> seen.probe().url())
                .toList();
        WsusSwitch stepping = record.stepping(ports.clock().instant(), good);
        ports.switches().update(stepping);
        return stepping;
    }

    private boolean isBrokenOff(WsusServer server) throws LifecycleException {
        return ports.switches()
                .find(server.host())
                .filter(WsusSwitch::isBrokenOff)
                .isPresent();
    }

    /** Why it must go back; empty where every step was taken and reads back as wanted. */
    private Optional<String> takeSteps(WsusServer server, WindowsHost calls, WsusPlan plan, List<String> done) {
        try {
            for (WsusPlan.Step step : plan.steps()) {
                Answers answers = calls.perform(List.of(step.call()));
                if (step.call() instanceof InvokeConfigureSsl configuring) {
                    done.add(ConfiguredUrl.require(server, answers.of(configuring)));
                }
                done.add(step.sentence());
            }
            WsusPlan left = WsusPlan.leftOf(server, WsusState.read(calls, server));
            return left.isEmpty()
                    ? Optional.empty()
                    : Optional.of("read back, this is still to be done: " + String.join("; ", left.sentences()));
        } catch (LifecycleException failed) {
            return Optional.of(failed.getMessage());
        }
    }

    /** A probe that was good and is not any more; what was bad before is drift and no reason to go back. */
    private static Optional<String> worse(WsusSwitch record, List<WsusProbe.Seen> after) {
        Set<String> goodBefore = record.goodBefore().lines().collect(Collectors.toSet());
        return after.stream()
                .filter(seen ->
                        !seen.isGood() && goodBefore.contains(seen.probe().url()))
                .map(seen -> seen.sentence() + "; it was good before")
                .findFirst();
    }

    private WsusSwitch begin(WsusServer server, WsusState state) throws LifecycleException {
        BoundState bound = ports.bindings().get(server.binding()).look();
        return ports.switches()
                .ensureBegun(new WsusSwitch(
                        server.host(),
                        SwitchMemento.of(state).text(),
                        bound.chain().isPresent() ? WsusSwitch.STAYS : bound.memento(),
                        ports.clock().instant(),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Optional.empty()));
    }

    private void markDone(WsusServer server) throws LifecycleException {
        Optional<WsusSwitch> record = ports.switches().find(server.host());
        if (record.filter(begun -> !begun.isUndone() && begun.doneAt().isEmpty())
                .isPresent()) {
            ports.switches().update(record.get().done(ports.clock().instant()));
        }
    }

    private Optional<Hold> findHold(WsusServer server, boolean clientsReady) throws LifecycleException {
        Optional<Hold> hold = reportMode(server);
        if (hold.isEmpty()) {
            hold = readiness.findUnbound(server);
        }
        if (hold.isEmpty()) {
            hold = ServerTrust.find(calls(server), server)
                    .map(drift -> Hold.forPerson(HoldKind.PERSON, drift.sentence() + "; " + drift.fix()));
        }
        if (hold.isEmpty() && !clientsReady) {
            hold = readiness.findHold(server);
        }
        return hold.isPresent() ? hold : closedWindow(server);
    }

    private Optional<Hold> reportMode(WsusServer server) {
        return ports.wishes().host(server.host()).mode() == HostMode.REPORT
                ? Optional.of(
                        Hold.forPerson(
                                HoldKind.REPORT_MODE,
                                "host " + server.host()
                                        + " is in mode report, so nothing is changed on it; set \"mode: manage\" in its settings"))
                : Optional.empty();
    }

    private Optional<Hold> closedWindow(WsusServer server) {
        Host host = ports.wishes().host(server.host());
        return host.window()
                .filter(window -> !window.isOpenAt(ports.clock().instant()))
                .map(window -> Hold.until(
                        HoldKind.WINDOW,
                        window.nextOpeningFrom(ports.clock().instant()),
                        "the maintenance window of host " + host.name() + " (" + window + ") opens at "
                                + window.nextOpeningFrom(ports.clock().instant())));
    }

    private Hold busy(WsusServer server) throws LifecycleException {
        String holder = ports.locks()
                .find(server.host(), ports.clock().instant())
                .map(HostLock::holder)
                .orElse("somebody else");
        return Hold.until(
                HoldKind.BUSY_HOST,
                ports.clock().instant().plus(BUSY_RETRY),
                "host " + server.host() + " is being changed by " + holder);
    }

    private WindowsHost calls(WsusServer server) {
        return ports.hosts().apply(server.host());
    }
}
