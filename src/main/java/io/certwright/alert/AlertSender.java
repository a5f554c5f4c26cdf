package io.certwright.alert;

import io.certwright.failure.LifecycleException;

/** Port: carries a digest to its recipient, within limits of its own. Returning means that the other side took it. */
public interface AlertSender {
    /** The failure code that says: the other side may have taken it, its answer is lost. */
    String ANSWER_LOST = "ALERT_ANSWER_LOST";

    void send(Digest digest) throws LifecycleException;
}
