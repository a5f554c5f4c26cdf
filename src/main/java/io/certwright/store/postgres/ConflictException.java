package io.certwright.store.postgres;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;

/**
 * The schema refused a row because one like it is there already (unique constraint or index). Its code is {@code DATABASE_CONFLICT}.
 * Inside a transaction nothing more can be done in it: use {@code ON CONFLICT} where a conflict is expected.
 */
public final class ConflictException extends LifecycleException {
    private static final long serialVersionUID = 1L;

    private final String constraint;

    ConflictException(String constraint, String message, Throwable cause) {
        super(FailureKind.INTERNAL, "DATABASE_CONFLICT", message, cause);
        this.constraint = constraint;
    }

    /** The name of the constraint or unique index, as the migration gives it. */
    public String constraint() {
        return constraint;
    }
}
