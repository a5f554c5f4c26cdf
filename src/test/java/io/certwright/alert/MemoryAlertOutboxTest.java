package io.certwright.alert;

import io.certwright.testing.MemoryAlertOutbox;

/** The outbox of the tests keeps the promises of the real one. */
final class MemoryAlertOutboxTest extends AlertOutboxContract {
    @Override
    protected AlertOutbox outbox() {
        return new MemoryAlertOutbox();
    }
}
