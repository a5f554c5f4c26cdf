package io.certwright.windows.simulated;

import io.certwright.windows.CallError;
import java.util.Optional;

/**
 * Something that goes wrong once at a call.
 *
 * @param function of the script, such as {@code Set-BindingCertificate}; empty for any
 * @param skip how many fitting calls go well before
 * @param afterEffect whether the call does what it should before it goes wrong
 */
public record Mishap(Optional<String> function, int skip, boolean afterEffect, Kind kind) {
    /** What goes wrong. */
    public enum Kind {
        /** The function throws. */
        ERROR,
        /** The connection is lost; no answer comes, and nothing after this call is done. */
        CONNECTION_LOST,
        /** The host hangs until the limit of the visit. */
        HANG,
        /** Half of the answer comes. */
        HALF_ANSWER,
        /** Something comes that is no answer. */
        GARBAGE,
        /** An answer comes that is longer than any may be. */
        ENDLESS_ANSWER
    }

    /** At the next call of a function. */
    public static Mishap at(String function, boolean afterEffect, Kind kind) {
        return new Mishap(Optional.of(function), 0, afterEffect, kind);
    }

    /** At the call with this number, from 0, whatever it is. */
    public static Mishap atCall(int number, boolean afterEffect, Kind kind) {
        return new Mishap(Optional.empty(), number, afterEffect, kind);
    }

    boolean fits(String called) {
        return function.isEmpty() || function.get().equals(called);
    }

    Mishap skippedOnce() {
        return new Mishap(function, skip - 1, afterEffect, kind);
    }

    /** What the function throws where the mishap is an error. */
    static CallError error() {
        return new CallError(
                "0x80004005",
                "System.Runtime.InteropServices.COMException",
                "System.Runtime.InteropServices.COMException",
                "Unspecified error (Exception from HRESULT: 0x80004005 (E_FAIL))",
                "1");
    }
}
