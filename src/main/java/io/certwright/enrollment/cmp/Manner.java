package io.certwright.enrollment.cmp;

import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * How certificates are asked for.
 *
 * @param message the request for a key that is here; a key that is not here is always asked for by p10cr
 * @param update whether a certificate of the same CA and names, whose key is here, is updated by kur, which it signs itself
 * @param confirmation whether we ask the CA to do without our confirmation; it may want it all the same
 * @param recipient the CA's name, where a server has several
 * @param profile the CA's name for a kind of certificate (RFC 9810, 5.1.1.4)
 */
public record Manner(
        Message message,
        boolean update,
        Confirmation confirmation,
        Optional<X500Principal> recipient,
        Optional<String> profile) {
    /** Which request. */
    public enum Message {
        IR,
        CR,
        P10CR
    }

    /** Who ends an issuance: the CA by giving, or we by confirming, until when an answer that was lost can be asked for. */
    public enum Confirmation {
        IMPLICIT,
        EXPLICIT
    }
}
