package io.certwright.enrollment.est;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads what an EST server sends: certificates as PKCS#7 in base64, or why there are none. */
final class EstAnswer {
    private static final Duration UNASKED = Duration.ofMinutes(15);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int LONGEST_WORDS = 300;
    private static final int MOST_SECONDS_DIGITS = 9;

    private EstAnswer() {}

    /** What {@code csrattrs} says; empty where the server has no such wishes, or says something else. */
    static Optional<CsrWishes> wishesIn(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 200 ? wishesIn(answer.body()) : Optional.empty();
    }

    static Optional<CsrWishes> wishesIn(byte[] body) {
        try {
            return Optional.of(CsrWishes.parse(decoded(body)));
        } catch (IOException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return Base64.getDecoder().decode(text.replaceAll("[\\r\\n\\t ]", ""));
    }

    /** Line breaks and a wrong Content-Transfer-Encoding do not matter (RFC 8951, 3); anything but certificates does. */
    static List<X509Certificate> certificatesIn(IssuerName issuer, byte[] body) throws LifecycleException {
        try {
            return CertificateFiles.parse("EST answer", decoded(body)).certificates();
        } catch (IllegalArgumentException | LifecycleException garbage) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "CA_ANSWER_MALFORMED",
                    "issuer " + issuer
                            + ": the EST server's answer holds no certificates in PKCS#7 and base64, it begins "
                            + Printable.quote(text.substring(0, Math.min(40, text.length())))
                            + "; check that url is the address of an EST server",
                    garbage);
        }
    }

    /** Retry-After as seconds or as a date; what means nothing counts as not said. */
    static Duration retryAfter(HttpHeaders headers, Instant now) {
        Optional<Duration> asked = headers.firstValue("Retry-After").flatMap(text -> waitOf(text.strip(), now));
        Duration wait = asked.orElse(UNASKED);
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Optional<Duration> waitOf(String text, Instant now) {
        boolean seconds = !text.isEmpty()
                && text.length() <= MOST_SECONDS_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (seconds) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, at));
        } catch (DateTimeParseException meansNothing) {
            return Optional.empty();
        }
    }

    /** A header's text, fit for a message. */
    static String shown(String text) {
        return Printable.escape(text, LONGEST_WORDS);
    }

    /** The server's own words, for people; a web page has none. */
    static String wordsOf(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.isEmpty() || text.startsWith("<")
                ? "it gave no reason"
                : '"' + Printable.escape(text, LONGEST_WORDS) + '"';
    }
}
