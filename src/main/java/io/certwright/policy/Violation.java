package io.certwright.policy;

/**
 * A check's breach.
 *
 * @param message what, on what, got, wanted; without a full stop, so that it can stand in a longer sentence
 * @param fix what now
 */
public record Violation(ViolationCode code, Severity severity, String message, String fix) {
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code NAME_NOT_COVERED: message}. */
    @Override
    public String toString() {
        return code + ": " + message;
    }
}
