package io.certwright.policy;

import static io.certwright.policy.Bench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.testing.OpenSsl;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every certificate of the corpus beside {@code openssl verify -x509_strict}; where the two differ, the table says why. */
final class OpenSslAgreementTest {
    private static final Map<String, String> REFUSED_HERE_ALONE = Map.ofEntries(
            Map.entry(
                    "CA as a server",
                    "openssl takes a CA for a server that its purpose fits; Windows and people do not"),
            Map.entry("DSA", "no purpose of openssl asks for a kind of key; no TLS client takes DSA"),
            Map.entry("brainpoolP256r1", "the same; Windows and browsers take the curves of NIST alone"),
            Map.entry("secp224r1", "the same; the security level asked for allows 112 bits"),
            Map.entry("a policy mapped to anyPolicy", "openssl looks at mappings only where the path has policies"),
            Map.entry("broken 1.3.6.1.5.5.7.1.1", "openssl reads this extension only where it is needed"),
            Map.entry("broken 2.5.29.18", "the same"),
            Map.entry("constraint with a mask of holes", "openssl takes any mask"),
            Map.entry("empty constraints", "openssl takes them as none; RFC 5280, 4.2.1.10 forbids them"),
            Map.entry("name constraints not critical", "not among the strict checks; RFC 5280, 4.2.1.10 wants them so"),
            Map.entry("name constraints on a leaf", "the same"),
            Map.entry("no digital signature", "openssl lets keyAgreement do for a server; TLS 1.3 needs signatures"),
            Map.entry("no extended key usage", "openssl takes none for any; Windows Update clients want it by name"),
            Map.entry("version 1", "openssl has no rule for the version of a leaf; without SAN it serves no client"));
    private static final Map<String, String> REFUSED_BY_OPENSSL_ALONE = Map.of(
            "CA with basic constraints not critical",
            "NIST's suite and Windows take it; a warning here, an error in the public profile",
            "root of version 1",
            "trusted by decision, and Windows takes it");

    @TempDir
    private Path folder;

    @Test
    void accepts_and_refuses_as_openssl_does_but_for_the_listed_ones() throws Exception {
        OpenSsl openSsl = OpenSsl.in(folder);
        Map<String, String> here = new TreeMap<>();
        Map<String, String> there = new TreeMap<>();
        for (Sample sample : Corpus.samples()) {
            Verdict verdict = PolicyChain.standard()
                    .inspect(
                            sample.certificate(),
                            Expectation.withoutNames().withAnchors(List.of(sample.anchor())),
                            NOW);
            OpenSsl.Answer answer = ask(openSsl, sample);
            if (verdict.refuses() && answer.exit() == 0) {
                here.put(sample.name(), verdict.sentence());
            }
            if (!verdict.refuses() && answer.exit() != 0) {
                there.put(sample.name(), answer.text());
            }
        }

        assertThat(here.keySet()).as("refused here alone: %s", here).isEqualTo(REFUSED_HERE_ALONE.keySet());
        assertThat(there.keySet())
                .as("refused by openssl alone: %s", there)
                .isEqualTo(REFUSED_BY_OPENSSL_ALONE.keySet());
    }

    private static OpenSsl.Answer ask(OpenSsl openSsl, Sample sample) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "verify",
                "-x509_strict",
                "-policy_check",
                "-auth_level",
                "2",
                "-purpose",
                "sslserver",
                "-no-CAfile",
                "-no-CApath",
                "-no-CAstore",
                "-attime",
                String.valueOf(NOW.getEpochSecond()),
                "-trusted",
                "root.pem"));
        openSsl.write("root.pem", pem(List.of(sample.anchor())));
        openSsl.write("leaf.pem", pem(List.of(sample.certificate().leaf())));
        List<X509Certificate> chain = sample.certificate().chain().intermediates();
        if (!chain.isEmpty()) {
            openSsl.write("chain.pem", pem(chain));
            arguments.addAll(List.of("-untrusted", "chain.pem"));
        }
        arguments.add("leaf.pem");
        return openSsl.call(arguments.toArray(String[]::new));
    }

    private static String pem(List<X509Certificate> certificates) throws CertificateEncodingException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate one : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }
}
