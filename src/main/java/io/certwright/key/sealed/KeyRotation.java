package io.certwright.key.sealed;

import io.certwright.crypto.MasterKeyLedger;
import io.certwright.crypto.SealedStock;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A new master key in place of the old one: first the new key is safe in its file, then everything is sealed under it, and only then
 * the old one goes. Killed at any point it is finished by running it again.
 */
public final class KeyRotation {
    private final MasterKeyPlace place;
    private final List<SealedStock> stocks;
    private final MasterKeyLedger ledger;
    private final Clock clock;

    public KeyRotation(MasterKeyPlace place, List<SealedStock> stocks, MasterKeyLedger ledger, Clock clock) {
        this.place = place;
        this.stocks = List.copyOf(stocks);
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param activeId the master key that everything is sealed under now
     * @param resealed how many keys were sealed under another before
     * @param old the ids of the master keys that it replaces
     * @param dropped whether the old ones are gone; false where a person has to take them away
     */
    public record Rotated(String activeId, int resealed, List<String> old, boolean dropped) {}

    public Rotated rotate() throws LifecycleException {
        Rotated done = ledger.exclusively(this::sealAnew);
        // Only now that the database has it: taken away before, a transaction that failed would leave keys that nothing
        // opens.
        boolean dropped = ledger.exclusively(() -> place.drop(ledger.retired()));
        return new Rotated(done.activeId(), done.resealed(), done.old(), dropped);
    }

    private Rotated sealAnew() throws LifecycleException {
        MasterKeyRing ring = place.ringToRotateTo();
        int resealed = 0;
        for (SealedStock stock : stocks) {
            resealed += stock.reseal(ring, ring.activeId());
        }
        List<String> old = ring.keys().stream().skip(1).map(MasterKey::id).toList();
        for (String id : old) {
            ledger.retire(id, clock.instant());
        }
        return new Rotated(ring.activeId(), resealed, old, false);
    }

    /** How many keys are sealed under another master key than the active one: a rotation that was not finished. */
    public long countLeftBehind() throws LifecycleException {
        String activeId = place.open().activeId();
        long left = 0;
        for (SealedStock stock : stocks) {
            left += stock.countByMasterKey().entrySet().stream()
                    .filter(each -> !each.getKey().equals(activeId))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
        return left;
    }
}
