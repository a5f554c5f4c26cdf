package io.certwright.windows;

/**
 * What a function on the host threw.
 *
 * @param code the HRESULT of the innermost cause, {@code 0x80070005}
 * @param type the .NET type of the innermost cause
 * @param id PowerShell's own name of the error, never localized
 * @param message in the host's language
 * @param at the line of the script
 */
public record CallError(String code, String type, String id, String message, String at) {
    private static final int WIN32 = 0x8007;

    /** The number of a Windows error, such as 5 or 1312, in whatever form it came; -1 where the code is another kind. */
    public int windowsError() {
        long number = number();
        return number >>> 16 == WIN32 ? (int) (number & 0xFFFF) : -1;
    }

    /** The HRESULT as an unsigned number; 0 where there is none. */
    public long number() {
        try {
            return code.startsWith("0x") ? Long.parseLong(code.substring(2), 16) : 0;
        } catch (NumberFormatException garbage) {
            return 0;
        }
    }
}
