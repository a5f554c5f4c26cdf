package io.certwright.failure;

import java.time.Duration;
import java.util.Optional;

/**
 * The one checked exception of the domain: a {@link FailureKind}, a stable code for scripts and a sentence for people that
 * says what, on what, got, wanted, and what now.
 *
 * <p>It is thrown where a step could not be done, never for an answer that is merely unwelcome (a denial, a violation): those
 * are values.
 */
public class LifecycleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String code;
    private final transient Optional<Duration> retryAfter;

    public LifecycleException(FailureKind kind, String code, String message) {
        this(kind, code, message, Optional.empty(), null);
    }

    public LifecycleException(
            FailureKind kind, String code, String message, @SuppressWarnings("NullAway") Throwable cause) {
        this(kind, code, message, Optional.empty(), cause);
    }

    private LifecycleException(
            FailureKind kind,
            String code,
            String message,
            Optional<Duration> retryAfter,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The other side asks to be left alone for {@code wait}; a shorter interval of the retry table is stretched to it. */
    public static LifecycleException throttled(String code, String message, Duration wait) {
        return new LifecycleException(FailureKind.THROTTLED, code, message, Optional.of(wait), null);
    }

    public final FailureKind kind() {
        return kind;
    }

    /** Stable, upper case, underscores: {@code DATABASE_UNREACHABLE}. */
    public final String code() {
        return code;
    }

    /** How long the other side asked us to wait, from the moment of its answer. */
    public final Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }

    /** The sentence for people. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code : message;
    }
}
