package io.certwright.windows;

import io.certwright.windows.HostCall.GetHostFacts;
import java.time.Duration;
import java.util.List;

/** Visits with limits that tests choose. */
public final class VisitsForTests {
    private VisitsForTests() {}

    public static Visit lasting(Duration limit) {
        return Presence.SENT_ALONG.visit(RequestJson.write(List.of(new GetHostFacts())), limit);
    }
}
