package io.certwright.alert.webhook;

import java.time.Duration;

/** How long we wait for a webhook: for its connection, and for one message as a whole. */
public record WebhookLimits(Duration connect, Duration whole) {
    public static WebhookLimits standard() {
        return new WebhookLimits(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
