package io.certwright.wsus;

import io.certwright.audit.AuditAct;
import io.certwright.binding.BoundState;
import io.certwright.binding.HostLock;
import io.certwright.binding.ServerBinding;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a server back to how it was when its switch to TLS began: flags, recorded values, and on a person's word the https binding. */
public final class WsusUndo {
    private static final Duration LEASE = Duration.ofMinutes(30);

    private static final String BESIDES =
            "configuressl may have changed besides: what WSUS keeps of its own name in its"
                    + " database, which \"WsusUtil configuressl\" with the former name sets again; and it is not known to touch IIS";

    private final WsusPorts ports;

    public WsusUndo(WsusPorts ports) {
        this.ports = ports;
    }

    /** Because a person says so. */
    public WsusOutcome undo(WsusServer server) throws LifecycleException {
        WsusSwitch record = ports.switches()
                .find(server.host())
                .filter(begun -> !begun.isUndone())
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "NOTHING_TO_UNDO",
                        "host " + server.host()
                                + ": no switch to TLS is on record, so nothing is known to go back to"));
        HostLock lock = ports.locks()
                .tryLock(server.host(), "wsus undo", ports.clock().instant(), LEASE)
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.THROTTLED,
                        "HOST_BUSY",
                        "host " + server.host() + ": is being changed by somebody else; try again in some minutes"));
        try {
            return undoLocked(server, record);
        } finally {
            ports.locks().release(lock);
        }
    }

    /** A host that cannot even be looked at is as it was: that is no restore that failed. */
    private WsusOutcome undoLocked(WsusServer server, WsusSwitch record) throws LifecycleException {
        WsusState now = WsusState.read(ports.hosts().apply(server.host()), server);
        try {
            List<String> sentences = new ArrayList<>(putBack(server, record, now));
            sentences.addAll(putBindingBack(server, record));
            sentences.add(BESIDES);
            server.point().ifPresent(point -> sentences.add(point.staysRequired()));
            ports.switches().update(record.undone(ports.clock().instant()));
            WsusOutcome outcome = new WsusOutcome.Undone(sentences);
            ports.audit().record(AuditAct.WSUS_UNDO, "WSUS server " + server.host(), outcome.word());
            return outcome;
        } catch (LifecycleException lost) {
            return new WsusOutcome.RestoreFailed(lost.getMessage(), toDoByHand(record));
        }
    }

    /** Because a step failed or made something worse. The certificate stays bound: the story proved it, and https harms nobody. */
    WsusOutcome afterFailure(WsusServer server, WsusSwitch record, String reason) {
        try {
            WsusState now = WsusState.read(ports.hosts().apply(server.host()), server);
            List<String> sentences = putBack(server, record, now);
            ports.switches().update(record.undone(ports.clock().instant()));
            return new WsusOutcome.RolledBack(reason, sentences);
        } catch (LifecycleException lost) {
            return new WsusOutcome.RestoreFailed(
                    reason + "; and going back failed: " + lost.getMessage(), toDoByHand(record));
        }
    }

    private List<String> putBack(WsusServer server, WsusSwitch record, WsusState present) throws LifecycleException {
        WindowsHost calls = ports.hosts().apply(server.host());
        SwitchMemento wanted = SwitchMemento.parse(record.memento());
        List<WindowsCall<?>> back = wanted.backFrom(SwitchMemento.of(present));
        if (!back.isEmpty()) {
            calls.perform(back);
        }
        SwitchMemento now = SwitchMemento.of(WsusState.read(calls, server));
        if (!now.isSameAs(wanted)) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "RESTORE_DIFFERS",
                    "host " + server.host() + ": put back, but it reads " + String.join("; ", now.sentences()));
        }
        return wanted.sentences().stream()
                .map(sentence -> "back to " + sentence)
                .toList();
    }

    private List<String> putBindingBack(WsusServer server, WsusSwitch record) throws LifecycleException {
        ServerBinding binding = ports.bindings().get(server.binding());
        if (record.binding().equals(WsusSwitch.STAYS)) {
            return List.of("the certificate stays bound; \"certwright rollback " + server.certificate()
                    + "\" goes back to the one before");
        }
        if (binding.look().memento().equals(record.binding())) {
            return List.of();
        }
        binding.restore(new BoundState(Optional.empty(), record.binding()));
        return List.of("https binding " + server.binding() + " is back to what it was");
    }

    private static List<String> toDoByHand(WsusSwitch record) {
        return SwitchMemento.parse(record.memento()).sentences().stream()
                .map(sentence -> "by hand: " + sentence)
                .toList();
    }
}
