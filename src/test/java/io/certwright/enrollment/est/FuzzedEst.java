package io.certwright.enrollment.est;

import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What an EST server may send, opened for fuzzing. */
public final class FuzzedEst {
    private static final IssuerName NAME = new IssuerName("est");

    private FuzzedEst() {}

    /** Reads the input as each part of an answer; the sentences that come of it, where certificates come none. */
    public static List<String> read(byte[] input, Instant now) {
        String header = new String(input, StandardCharsets.ISO_8859_1);
        String wait = EstAnswer.retryAfter(
                        HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true), now)
                .toString();
        String words = EstAnswer.wordsOf(input);
        try {
            int certificates = EstAnswer.certificatesIn(NAME, input).size();
            return List.of(wait, words, certificates + " certificates");
        } catch (LifecycleException refused) {
            return List.of(wait, words, refused.code() + " " + refused.getMessage());
        }
    }
}
