package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Inventory;
import io.certwright.lifecycle.record.InventoryLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageAheadTest {
    private static final PageAhead.Wish FIRST = new PageAhead.Wish("", 10);

    private final List<PageAhead.Wish> asked = new ArrayList<>();
    private boolean down;

    private final Inventory inventory = (after, limit) -> {
        asked.add(new PageAhead.Wish(after, limit));
        if (down) {
            throw new LifecycleException(FailureKind.UNREACHABLE, "DATABASE_GONE", "the database is gone");
        }
        return List.of();
    };

    @Test
    void the_page_that_was_read_ahead_is_given_once() throws LifecycleException {
        PageAhead ahead = PageAhead.reading(inventory, FIRST);

        List<InventoryLine> page = ahead.page("", 10);

        assertThat(page).isEmpty();
        assertThat(asked).containsExactly(FIRST);
        ahead.page("", 10);
        assertThat(asked).containsExactly(FIRST, FIRST);
    }

    @Test
    void another_page_is_read_when_asked_for() throws LifecycleException {
        PageAhead.reading(inventory, FIRST).page("m", 10);

        assertThat(asked).containsExactly(FIRST, new PageAhead.Wish("m", 10));
    }

    @Test
    void what_went_wrong_ahead_is_told_to_whoever_asks() {
        down = true;
        PageAhead ahead = PageAhead.reading(inventory, FIRST);

        assertThatThrownBy(() -> ahead.page("", 10)).hasMessage("the database is gone");
    }
}
