package io.certwright.windows.eventlog;

import io.certwright.windows.HostCall.EventKind;

/** What is written, under ids that monitoring may rely on: {@code docs/windows.md} has the table. */
public enum HostEvent {
    SERVICE_INSTALLED(1, EventKind.INFORMATION),
    RENEWED(100, EventKind.INFORMATION),
    SUPERSEDED(101, EventKind.INFORMATION),
    WAITING(200, EventKind.WARNING),
    FAILED(300, EventKind.ERROR),
    REJECTED(301, EventKind.ERROR),
    DENIED(302, EventKind.ERROR),
    ROLLED_BACK(303, EventKind.ERROR),
    RESTORE_FAILED(304, EventKind.ERROR);

    private final int id;
    private final EventKind kind;

    HostEvent(int id, EventKind kind) {
        this.id = id;
        this.kind = kind;
    }

    public int id() {
        return id;
    }

    public EventKind kind() {
        return kind;
    }
}
