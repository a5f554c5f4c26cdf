package io.certwright.app;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Inventory;
import io.certwright.lifecycle.record.InventoryLine;
import java.util.List;
import java.util.Optional;

/** An inventory of which one page was read before anybody asked for it. That page is given once; all else is read when asked for. */
final class PageAhead implements Inventory {
    private final Inventory inventory;
    private final Wish wish;
    private Optional<List<InventoryLine>> read;

    /** The page that a command will ask for. */
    record Wish(String after, int limit) {
        /** Not by equals: a record's own is put together at its first call, which a short command would notice. */
        boolean isFor(String wantedAfter, int wantedLimit) {
            return after.equals(wantedAfter) && limit == wantedLimit;
        }
    }

    private PageAhead(Inventory inventory, Wish wish, Optional<List<InventoryLine>> read) {
        this.inventory = inventory;
        this.wish = wish;
        this.read = read;
    }

    /** Reads now; what goes wrong is told to whoever asks for the page, for it is then read again. */
    static PageAhead reading(Inventory inventory, Wish wish) {
        try {
            return new PageAhead(inventory, wish, Optional.of(inventory.page(wish.after(), wish.limit())));
        } catch (LifecycleException later) {
            return new PageAhead(inventory, wish, Optional.empty());
        }
    }

    @Override
    public List<InventoryLine> page(String after, int limit) throws LifecycleException {
        Optional<List<InventoryLine>> page = wish.isFor(after, limit) ? read : Optional.empty();
        read = Optional.empty();
        return page.isPresent() ? page.get() : inventory.page(after, limit);
    }
}
