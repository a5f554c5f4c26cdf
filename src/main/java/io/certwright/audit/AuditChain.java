package io.certwright.audit;

import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Optional;

/** Follows the chain from its beginning. What was cut off at its end cannot be seen: for that, keep the last hash elsewhere. */
public final class AuditChain {
    private static final int PAGE = 1_000;

    private final AuditTrail trail;

    public AuditChain(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * How far the chain holds.
     *
     * @param entries how many entries do, and {@code lastHash} the hash of the last of them
     * @param fault where it breaks, as a sentence; empty where it holds to its end
     */
    public record Verdict(long entries, String lastHash, Optional<String> fault) {}

    public Verdict verify() throws LifecycleException {
        long number = 0;
        String hash = AuditEntry.BEGINNING;
        List<AuditEntry> page = trail.listAfter(number, PAGE);
        while (!page.isEmpty()) {
            for (AuditEntry entry : page) {
                Optional<String> fault = faultOf(entry, number, hash);
                if (fault.isPresent()) {
                    return new Verdict(number, hash, fault);
                }
                number = entry.number();
                hash = entry.hash();
            }
            page = trail.listAfter(number, PAGE);
        }
        return new Verdict(number, hash, Optional.empty());
    }

    private static Optional<String> faultOf(AuditEntry entry, long before, String hash) {
        if (entry.number() != before + 1) {
            return Optional.of("audit entry " + (before + 1) + ": it is missing, the next one there is "
                    + entry.number() + "; somebody removed it from the database");
        }
        return entry.hash().equals(entry.hashAfter(hash))
                ? Optional.empty()
                : Optional.of("audit entry " + entry.number()
                        + ": its hash does not fit, so it or the one before was changed in the database");
    }
}
