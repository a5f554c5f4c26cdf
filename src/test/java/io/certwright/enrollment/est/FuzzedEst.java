package io.certwright.enrollment.est;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an EST server may send, opened for fuzzing. */
public final class FuzzedEst {
    private static final IssuerName NAME = new IssuerName("est");
    private static final CertificateSigningRequest CSR = new CsrBuilder(new SecureRandom())
            .build(SubjectAlternativeNames.ofDns("wsus.certwright.test"), TestKeys.shared(KeySpec.P_256));

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

    /** Reads the input as the CA's wishes, bare and in base64; what is said of them, to people and beside a denial. */
    public static List<String> wishes(byte[] input) {
        List<String> sentences = new ArrayList<>();
        EstAnswer.wishesIn(input).ifPresent(wishes -> sentences.addAll(told(wishes)));
        try {
            sentences.addAll(told(CsrWishes.parse(input)));
        } catch (IOException none) {
            sentences.add("no wishes");
        }
        return sentences;
    }

    private static List<String> told(CsrWishes wishes) {
        return List.of(
                "wishes " + wishes,
                "wants " + wishes.keyMissingIn(CSR),
                "misses " + String.join(", ", wishes.missingIn(CSR)) + (wishes.areNone() ? "nothing" : ""));
    }
}
