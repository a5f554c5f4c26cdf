package io.certwright.enrollment;

import io.certwright.certificate.Printable;
import java.time.Duration;

/**
 * The CA, or a person there, has not decided yet.
 *
 * @param id with which to ask what became of it
 * @param askAgainIn from now; as the CA wishes, or what is polite
 * @param sentence what is waited for, for people
 */
public record Pending(RequestId id, Duration askAgainIn, String sentence) implements EnrollmentResult {
    public Pending {
        if (askAgainIn.isNegative() || askAgainIn.isZero()) {
            throw new IllegalArgumentException("pending request " + Printable.quote(id.value()) + ": got " + askAgainIn
                    + " to wait, wanted a time ahead");
        }
    }
}
