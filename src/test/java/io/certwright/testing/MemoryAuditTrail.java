package io.certwright.testing;

import io.certwright.audit.Actor;
import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditEntry;
import io.certwright.audit.AuditTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Entries in memory, chained as the real ones. */
public final class MemoryAuditTrail implements AuditTrail {
    private final List<AuditEntry> entries = new ArrayList<>();

    @Override
    public synchronized void record(AuditAct act, String subject, String details) {
        String last = entries.isEmpty()
                ? AuditEntry.BEGINNING
                : entries.get(entries.size() - 1).hash();
        entries.add(AuditEntry.after(
                entries.size(), last, Instant.EPOCH, new Actor("anna", "pki01"), act, subject, details));
    }

    /** "act subject: details", in their order. */
    public synchronized List<String> told() {
        return entries.stream()
                .map(entry -> entry.act().words() + " " + entry.subject() + ": " + entry.details())
                .toList();
    }

    @Override
    public synchronized List<AuditEntry> listNewest(int limit) {
        List<AuditEntry> newest = new ArrayList<>(entries);
        Collections.reverse(newest);
        return newest.stream().limit(limit).toList();
    }

    @Override
    public synchronized List<AuditEntry> listAfter(long number, int limit) {
        return entries.stream()
                .filter(entry -> entry.number() > number)
                .limit(limit)
                .toList();
    }
}
