package io.certwright.lifecycle.record;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** What is known of all certificates at a glance, page by page: one query each, as quick with a million names as with a thousand. */
public interface Inventory {
    /**
     * Names after {@code after} that have a certificate in use or an open renewal, in the order of their code points.
     *
     * @param after empty for the first page
     * @param limit at most so many
     */
    List<InventoryLine> page(String after, int limit) throws LifecycleException;
}
