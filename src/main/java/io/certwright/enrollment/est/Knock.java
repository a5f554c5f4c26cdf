package io.certwright.enrollment.est;

import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpResponse;

/**
 * Whether a server knows us, found out without asking for a certificate: a request without a CSR cannot be granted, and a server that
 * tells us from nobody answers the two differently.
 */
record Knock(IssuerName issuer, EstSettings settings, EstReplies replies) {
    private static final int KNOWS_NOBODY = 401;
    private static final int LETS_NOBODY_IN = 403;

    /** A clause for people. Throws {@code CA_CREDENTIALS_REFUSED} where we are not known. */
    String words(Approach usual) throws LifecycleException {
        if (!settings.nameSomebody()) {
            return "it is asked as nobody, and whether it issues then shows only when a certificate is asked for";
        }
        return tellsUsFromNobody(usual)
                ? "it takes " + replies.whatIsShown()
                : "whether it takes " + replies.whatIsShown() + " shows only when a certificate is asked for";
    }

    /** What fails otherwise than by a refusal tells nothing: servers need not bear such a request. */
    private boolean tellsUsFromNobody(Approach usual) throws LifecycleException {
        try {
            HttpResponse<byte[]> answer = usual.wire().knock();
            if (answer.statusCode() == KNOWS_NOBODY) {
                throw replies.unauthorized(usual, answer);
            }
            return answer.statusCode() != LETS_NOBODY_IN && turnsNobodyAway();
        } catch (LifecycleException failed) {
            if (failed.kind() == FailureKind.UNAUTHORIZED) {
                throw failed;
            }
            return false;
        }
    }

    private boolean turnsNobodyAway() throws LifecycleException {
        try {
            int status = EstWire.openAsNobody(issuer, settings).knock().statusCode();
            return status == KNOWS_NOBODY || status == LETS_NOBODY_IN;
        } catch (LifecycleException failed) {
            return failed.kind() == FailureKind.UNAUTHORIZED;
        }
    }
}
