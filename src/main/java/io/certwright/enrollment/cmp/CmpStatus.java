package io.certwright.enrollment.cmp;

import io.certwright.certificate.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.jspecify.annotations.Nullable;

/**
 * How the CA decided (PKIStatusInfo, RFC 9810, 5.2.3).
 *
 * @param value a PKIStatus
 * @param text the CA's own words, fit for a message; empty where it gave none
 */
record CmpStatus(int value, String text, List<RefusalReason> reasons) {
    private static final int LONGEST_WORDS = 300;
    private static final int MOST_TEXTS = 10;

    static CmpStatus of(PKIStatusInfo info) {
        return new CmpStatus(
                info.getStatus().intValueExact(), textOf(info.getStatusString()), RefusalReason.in(info.getFailInfo()));
    }

    /** Its details are words of the CA, too. */
    static CmpStatus of(ErrorMsgContent error) {
        CmpStatus status = of(error.getPKIStatusInfo());
        String details = textOf(error.getErrorDetails());
        String both = status.text.isEmpty() || details.isEmpty()
                ? status.text + details
                : Printable.escape(status.text + "; " + details, LONGEST_WORDS);
        return new CmpStatus(status.value, both, status.reasons);
    }

    boolean isGranted() {
        return value == PKIStatus.GRANTED || value == PKIStatus.GRANTED_WITH_MODS;
    }

    /** A revocation that the CA only announces or reports counts, too. */
    boolean isRevoked() {
        return isGranted()
                || value == PKIStatus.REVOCATION_WARNING
                || value == PKIStatus.REVOCATION_NOTIFICATION
                || reasons.contains(RefusalReason.CERT_REVOKED);
    }

    boolean isRejection() {
        return value == PKIStatus.REJECTION;
    }

    boolean isWaiting() {
        return value == PKIStatus.WAITING;
    }

    /** The first reason that makes it something else than a denial. */
    Optional<RefusalReason> obstacle() {
        return reasons.stream()
                .filter(reason -> reason.effect() != RefusalReason.Effect.DENIAL)
                .findFirst();
    }

    /** What the CA said and meant, for people. */
    String words() {
        String meanings = reasons.stream().map(RefusalReason::meaning).collect(Collectors.joining("; "));
        if (text.isEmpty()) {
            return meanings.isEmpty() ? "it gave no reason" : meanings;
        }
        return '"' + text + '"' + (meanings.isEmpty() ? "" : " (" + meanings + ")");
    }

    static String textOf(@Nullable PKIFreeText free) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; free != null && i < Math.min(free.size(), MOST_TEXTS); i++) {
            texts.add(free.getStringAtUTF8(i).getString());
        }
        return Printable.escape(String.join("; ", texts).strip(), LONGEST_WORDS);
    }
}
