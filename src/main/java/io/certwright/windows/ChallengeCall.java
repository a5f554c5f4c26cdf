package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.windows.HostCall.Nothing;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers that an ACME CA looks for over HTTP (RFC 8555, 8.3): files in {@code .well-known\acme-challenge} below the root folder of a
 * site of IIS. What names a file is checked here, so that no path leaves that folder.
 */
public sealed interface ChallengeCall<A extends Record> extends WindowsCall<A> {
    /** At least 128 bits in base64url: no dot, no separator, and longer than the names that Windows keeps for devices. */
    Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22,128}");

    /** A token, and the thumbprint of an account's key. */
    Pattern AUTHORIZATION = Pattern.compile("[A-Za-z0-9_-]{22,128}\\.[A-Za-z0-9_-]{43}");

    /** A folder on a drive of the host; no part of it ends with a dot or a space, which Windows would take away. */
    Pattern WEB_ROOT = Pattern.compile("[A-Za-z]:(\\\\[^\\\\/:*?\"<>|\\p{Cntrl}]{1,100}(?<![. ]))+\\\\?");

    /** So that the whole path stays below the 260 characters of Windows. */
    int LONGEST_ROOT = 100;

    /** Writes one answer, and beside it what lets IIS serve files without an extension, where nothing of that kind is there. */
    record SetChallengeAnswer(String webRoot, String token, String authorization) implements ChallengeCall<Nothing> {
        public SetChallengeAnswer {
            requireWebRoot(webRoot);
            requireToken(token);
            if (!AUTHORIZATION.matcher(authorization).matches() || !authorization.startsWith(token + ".")) {
                throw new IllegalArgumentException("answer: got " + Printable.quote(authorization)
                        + ", wanted the token, a dot and a thumbprint in base64url");
            }
        }
    }

    /** Removes one answer, which may be gone already; with the last one what was written beside it. */
    record RemoveChallengeAnswer(String webRoot, String token) implements ChallengeCall<Nothing> {
        public RemoveChallengeAnswer {
            requireWebRoot(webRoot);
            requireToken(token);
        }
    }

    /** Looks at the answers that are there, whoever wrote them; refused where there is no such root. */
    record GetChallengeAnswers(String webRoot) implements ChallengeCall<ChallengeAnswers> {
        public GetChallengeAnswers {
            requireWebRoot(webRoot);
        }
    }

    /**
     * What is there, at most 1,000 files.
     *
     * @param now what the host's clock says
     */
    record ChallengeAnswers(Instant now, List<WrittenAnswer> answers) {
        public ChallengeAnswers {
            answers = List.copyOf(answers);
        }
    }

    /** One file that has the name of an answer. */
    record WrittenAnswer(String token, Instant writtenAt, String authorization) {}

    private static void requireToken(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "token: got " + Printable.quote(token) + ", wanted 22 to 128 characters of base64url");
        }
    }

    /** Throws where the text is no folder that answers could be written below. */
    static void requireWebRoot(String webRoot) {
        if (webRoot.length() > LONGEST_ROOT || !WEB_ROOT.matcher(webRoot).matches()) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(webRoot)
                            + ", wanted a folder on a drive of that host, of at most 100 characters, such as C:\\inetpub\\wwwroot");
        }
    }
}
