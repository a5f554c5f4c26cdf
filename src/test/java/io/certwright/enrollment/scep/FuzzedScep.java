package io.certwright.enrollment.scep;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** What a SCEP server may send, opened for fuzzing. Everything signed by our own key counts as the CA's, so that seeds get far. */
public final class FuzzedScep {
    private static final ScepFailures FAILURES = new ScepFailures(new IssuerName("scep"));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Transaction transaction;
    private final X509Certificate own;
    private final Instant now;

    public FuzzedScep(Instant now) {
        this.now = now;
        KeyPair key = TestKeys.fresh(KeySpec.RSA_2048);
        try {
            byte[] csr = new CsrBuilder(RANDOM)
                    .build(SubjectAlternativeNames.ofDns("wsus.certwright.test"), key)
                    .der();
            own = new ScepRequest(csr, key.getPrivate()).selfSigned(now, RANDOM);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        transaction = Transaction.begin("transaction", key.getPrivate(), own, RANDOM);
    }

    /** Well-formed messages, signed and encrypted. */
    public List<byte[]> messages() {
        Capabilities all = Capabilities.parse("SCEPStandard");
        try {
            return List.of(
                    ScepMessages.request(ScepMessages.PKCS_REQ, transaction, new byte[] {1, 2, 3}, own, all),
                    ScepMessages.request(
                            ScepMessages.CERT_POLL, transaction, new byte[0], own, Capabilities.parse("")));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads the input as each kind of answer; the sentences that refuse it. */
    public List<String> read(byte[] input) {
        Capabilities capabilities = Capabilities.parse(new String(input, StandardCharsets.US_ASCII));
        return List.of(capabilities.words().size() + " words", authorities(input), reply(input));
    }

    private String authorities(byte[] input) {
        try {
            ScepWire.Answer answer = new ScepWire.Answer("application/x-x509-ca-ra-cert", input);
            return Authorities.from(FAILURES, answer, List.of(own), now)
                    .recipient()
                    .getSigAlgName();
        } catch (LifecycleException refused) {
            return refused.getMessage();
        }
    }

    /** As the issuer does: what the library throws at garbage becomes one sentence. */
    private String reply(byte[] input) {
        try {
            return ScepMessages.reply(input, transaction, List.of(own))
                            .certificates()
                            .size() + " certificates";
        } catch (GeneralSecurityException | IOException | RuntimeException garbage) {
            return FAILURES.malformed("no answer to our message", garbage).getMessage();
        }
    }
}
