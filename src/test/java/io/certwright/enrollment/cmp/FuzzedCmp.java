package io.certwright.enrollment.cmp;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.config.SecretText;
import io.certwright.crypto.CsrBuilder;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.cmp.TestCmpCa.Mood;
import io.certwright.enrollment.cmp.TestCmpGuard.Protector;
import io.certwright.http.ServerClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;

/** What a CMP server may send, opened for fuzzing: answers to one message, always with the same transaction and nonce. */
public final class FuzzedCmp {
    private static final CmpFailures FAILURES = new CmpFailures(new IssuerName("cmp"));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] TRANSACTION = constant(1);
    private static final byte[] NONCE = constant(2);
    private static final SharedSecret SECRET =
            new SharedSecret(TestCmpGuard.REFERENCE, SecretText.of(TestCmpGuard.SECRET), SharedSecret.Mac.PBM);

    private final CmpTrust trust;

    public FuzzedCmp(Instant now) {
        trust = new CmpTrust(
                Optional.of(SECRET), List.of(TestCa.root("CN=Fuzz CMP", now).certificate()), List.of(), now);
    }

    private static byte[] constant(int octet) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) octet);
        return bytes;
    }

    /** Well-formed answers of each kind. */
    public List<byte[]> answers() {
        try {
            PKIBody ir = ir();
            return List.of(
                    answer(Mood.ISSUES, Protector.AS_ASKED, ir),
                    answer(Mood.ISSUES, Protector.THE_RA, ir),
                    answer(Mood.ISSUES, Protector.NOBODY, ir),
                    answer(Mood.DENIES, Protector.AS_ASKED, ir),
                    answer(Mood.ERRS, Protector.AS_ASKED, ir),
                    answer(Mood.ERRS, Protector.NOBODY, ir),
                    answer(Mood.ENCRYPTS, Protector.AS_ASKED, ir),
                    answer(Mood.SAYS_SOMETHING_ELSE, Protector.AS_ASKED, ir),
                    answer(Mood.ISSUES, Protector.AS_ASKED, CmpBodies.whichAuthorities()),
                    answer(Mood.PENDS, Protector.AS_ASKED, ir, CmpBodies.poll(0)));
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static PKIBody ir() throws GeneralSecurityException, IOException {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        byte[] csr = new CsrBuilder(RANDOM)
                .build(SubjectAlternativeNames.ofDns("wsus.certwright.test"), key)
                .der();
        return CmpBodies.request(
                PKIBody.TYPE_INIT_REQ, csr, key.getPrivate(), key.getPublic(), Optional.empty(), RANDOM);
    }

    private static byte[] answer(Mood mood, Protector protector, PKIBody... bodies)
            throws IOException, GeneralSecurityException {
        TestCmpCa ca = new TestCmpCa();
        ca.be(mood);
        ca.guard().protectBy(protector);
        byte[] answer = new byte[0];
        for (PKIBody body : bodies) {
            answer = ca.answerTo(question(body));
        }
        return answer;
    }

    private static byte[] question(PKIBody body) throws GeneralSecurityException, IOException {
        MacProtection protection = new MacProtection(SECRET, RANDOM);
        return protection
                .protect(new ProtectedPKIMessageBuilder(protection.sender(), new GeneralName(new X500Name("")))
                        .setTransactionID(TRANSACTION)
                        .setSenderNonce(NONCE)
                        .setBody(body))
                .toASN1Structure()
                .getEncoded(ASN1Encoding.DER);
    }

    /** Reads the input as an answer; what is said of it. */
    public String read(byte[] input) {
        try {
            CmpAnswer answer = CmpAnswer.read(input, TRANSACTION, NONCE, trust);
            return told(answer)
                    + answer.time()
                            .flatMap(time -> ServerClock.skew("its", time, trust.now()))
                            .orElse("");
        } catch (GeneralSecurityException | IOException | RuntimeException garbage) {
            return FAILURES.malformed("no answer to our message", garbage).getMessage();
        }
    }

    private static String told(CmpAnswer answer) {
        if (answer.reply() instanceof CmpReply.Failed error) {
            return error.status().words();
        }
        if (answer.reply() instanceof CmpReply.Decision decision) {
            return decision.status().words() + " for " + decision.certificate().isPresent();
        }
        return answer.reply() instanceof CmpReply.NotYet later
                ? later.checkAfter() + " " + later.reason()
                : answer.reply().getClass().getSimpleName();
    }
}
