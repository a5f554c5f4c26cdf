package io.certwright.failure.code;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An error code and what is to be said about it.
 *
 * @param code as Microsoft writes it: {@code 0x80072F8F}, or the status of IIS, {@code 403.4}
 * @param name Microsoft's name of it
 * @param shortCode the number of WinHTTP or Win32 within an HRESULT, where people meet that one too
 * @param cause why it comes up, as far as TLS, WSUS and certificates are the matter
 */
public record ErrorCode(String code, String name, OptionalInt shortCode, String meaning, String cause, String fix) {
    /** The 32 bits of an HRESULT as a signed number, which is how PowerShell and logs of .NET often show it. */
    public Optional<Integer> value() {
        return code.startsWith("0x") ? Optional.of(Integer.parseUnsignedInt(code.substring(2), 16)) : Optional.empty();
    }

    /** What it is, why it comes up and what mends it, to be put behind a sentence of others. */
    public String explained() {
        return code + " " + name + ": " + meaning + " Cause: " + cause + " Fix: " + fix;
    }

    boolean is(int value) {
        return value().filter(own -> own == value).isPresent();
    }

    boolean isCalled(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return code.equals(text) || name.equals(upper) || name.equals("ERROR_" + upper);
    }
}
