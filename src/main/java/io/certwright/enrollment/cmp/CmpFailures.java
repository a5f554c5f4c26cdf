package io.certwright.enrollment.cmp;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;

/** What went wrong between a CMP server and us, with its sentence. */
record CmpFailures(IssuerName issuer) {
    private static final int LONGEST_REASON = 120;

    /** The CA may have acted on our message, but what it answered is no answer to it. */
    AnswerLostException malformed(String what, Exception cause) {
        String reason = String.valueOf(cause.getMessage());
        return lost(
                FailureKind.MALFORMED_ANSWER,
                "CA_ANSWER_MALFORMED",
                "the server's answer is " + what + " (" + Printable.escape(reason, LONGEST_REASON)
                        + "); check that url is the address of a CMP server, and anchors, signers and secret",
                cause);
    }

    /** It is an answer, and does not fit. */
    AnswerLostException unfit(String code, String what) {
        String sentence = what + "; look at the CA for what it issued, and revoke what is not needed";
        return lost(FailureKind.MALFORMED_ANSWER, code, sentence, new IllegalStateException(what));
    }

    AnswerLostException lost(FailureKind kind, String code, String sentence, Exception cause) {
        return new AnswerLostException(kind, code, told(sentence), cause);
    }

    LifecycleException refused(String code, String sentence) {
        return new LifecycleException(FailureKind.REFUSED, code, told(sentence));
    }

    LifecycleException internal(Exception why) {
        return new LifecycleException(
                FailureKind.INTERNAL,
                "CMP_MESSAGE_NOT_MADE",
                told("a CMP message cannot be made of the recorded CSR, key and credentials"),
                why);
    }

    /** Anybody on the way can write such an error, so that it proves nothing; its words help all the same. */
    AnswerLostException unproven(CmpStatus status) {
        return lost(
                FailureKind.UNAUTHORIZED,
                "CMP_ERROR_UNPROVEN",
                "the server answers with an error that nothing protects: " + status.words()
                        + "; if it does not know us, correct reference and secret, or signing-certificate",
                new IllegalStateException(status.words()));
    }

    /** A refusal that says more about us or the moment than about the certificate. */
    LifecycleException of(CmpStatus status, RefusalReason reason) {
        String words = "the CA refused: " + status.words();
        return switch (reason.effect()) {
            case CREDENTIALS ->
                new LifecycleException(
                        FailureKind.UNAUTHORIZED,
                        "CA_CREDENTIALS_REFUSED",
                        told(words + "; correct reference and secret, or signing-certificate"));
            case CLOCK -> refused("CA_CLOCK_DIFFERS", words + "; compare the clock here with the CA's");
            case UNAVAILABLE -> new LifecycleException(FailureKind.UNREACHABLE, "CA_UNAVAILABLE", told(words));
            case UNKNOWN ->
                lost(FailureKind.UNREACHABLE, "CA_FAILED", words, new IllegalStateException(status.words()));
            case DENIAL -> refused("CA_REFUSED", words);
        };
    }

    private String told(String sentence) {
        return "issuer " + issuer + ": " + sentence;
    }
}
