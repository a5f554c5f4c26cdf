package io.certwright.lifecycle.resume;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What lies between two adjacent facts of a renewal, as the moments at which a process can be seen to be there, in order. */
enum Gap {
    OPENED_TO_KEY_READY("after open", "before KeyMade"),
    KEY_READY_TO_REQUESTED("after KeyMade", "before AboutToAsk"),
    REQUESTED_TO_ANSWERED("after AboutToAsk", "before issuer remembers", "after issuer remembers"),
    ANSWERED_TO_ISSUED("answered", "before Received"),
    ISSUED_TO_CHECKED("after Received", "before Accepted"),
    CHECKED_TO_STORED("after Accepted", "before Stored"),
    STORED_TO_TRUST_PUBLISHED("after Stored", "before publish", "after publish", "before TrustPublished"),
    TRUST_PUBLISHED_TO_SNAPSHOT("after TrustPublished", "after lock", "before snapshot"),
    SNAPSHOT_TO_BOUND("after snapshot", "before Bound"),
    BOUND_TO_VERIFIED("after Bound", "before bind", "before assign", "after assign", "after bind", "before Verified"),
    VERIFIED_TO_COMPLETED("after Verified", "before Completed", "after Completed", "before commit");

    private final String moments;

    Gap(String... moments) {
        this.moments = String.join("|", moments);
    }

    List<String> moments() {
        return List.of(moments.split("\\|"));
    }

    String first() {
        return moments().get(0);
    }

    String last() {
        return moments().get(moments().size() - 1);
    }

    /** The gap in which a process is that was last seen at {@code moment}. */
    static Optional<Gap> of(String moment) {
        return Arrays.stream(values())
                .filter(gap -> gap.moments().contains(moment))
                .findFirst();
    }
}
