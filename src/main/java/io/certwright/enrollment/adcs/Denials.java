package io.certwright.enrollment.adcs;

import io.certwright.failure.code.ErrorCodes;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HRESULTs with which a CA of AD CS gives its reasons. Its words are localized; these are the same in every language. */
public final class Denials {
    /** Zero is no failure, so that a page that shows all its states shows several. */
    private static final Pattern FAILURE = Pattern.compile("\\b0[xX](8[0-9A-Fa-f]{7})\\b");

    /** Of Win32 errors those of remote calls, 1700 to 1839: the web server did not reach the CA. */
    private static final int RPC_FIRST = 0x800706A4;

    private static final int RPC_LAST = 0x8007072F;

    /** The remote call was not made at all. */
    private static final int RPC_UNAVAILABLE = 0x800706BA;

    private static final int ACCESS_DENIED = 0x80070005;
    private static final int NO_REQUEST = 0x80094002;
    private static final int PROPERTY_EMPTY = 0x80094004;

    private Denials() {}

    /** The first failure that the words name. */
    public static Optional<Integer> codeIn(String words) {
        Matcher matcher = FAILURE.matcher(words);
        return matcher.find() ? Optional.of(Integer.parseUnsignedInt(matcher.group(1), 16)) : Optional.empty();
    }

    /** Meaning, cause and fix, to be put behind a sentence: begins with a semicolon. Empty where the code is none of those that are known. */
    public static String explanationOf(int code) {
        return ErrorCodes.standard()
                .find(shown(code))
                .map(known -> "; " + known.explained())
                .orElse("");
    }

    /** As Microsoft writes it. */
    public static String shown(int code) {
        return String.format(Locale.ROOT, "0x%08X", code);
    }

    /** Whether the web server did not reach the CA behind it. */
    public static boolean isOutOfReach(int code) {
        return code >= RPC_FIRST && code <= RPC_LAST;
    }

    /** Whether it is sure that the CA never got the request. */
    public static boolean isNeverAsked(int code) {
        return code == RPC_UNAVAILABLE;
    }

    /** Whether Windows turned the account away before the CA looked at the request. */
    public static boolean isAccessDenied(int code) {
        return code == ACCESS_DENIED;
    }

    /** Whether the CA has no such request. */
    public static boolean isUnknownRequest(int code) {
        return code == NO_REQUEST || code == PROPERTY_EMPTY;
    }
}
