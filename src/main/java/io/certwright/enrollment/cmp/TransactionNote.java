package io.certwright.enrollment.cmp;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.ChainCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.cmp.PKIBody;

/**
 * What is remembered of a transaction: {@code asked 1 ir A1B2… 0 - -}.
 *
 * @param times how often the CA was asked without our knowing what became of it
 * @param kind of the request, which also says whose key protects the messages
 * @param id of the transaction
 * @param requestId as the CA counts the one request in it
 * @param serverNonce of the server's last message; empty before there is one
 * @param chain of the certificate that is to be confirmed
 */
record TransactionNote(
        State state,
        int times,
        Kind kind,
        byte[] id,
        int requestId,
        byte[] serverNonce,
        Optional<CertificateChain> chain) {
    /** How far a transaction came. */
    enum State {
        /** The request was sent or about to be: nobody knows what became of it. */
        ASKED,
        /** The CA said that it has not decided. */
        PENDING,
        /** It was asked about its decision, which may have been lost on its way. */
        POLLED,
        /** The certificate is here and the CA waits for our word. */
        CONFIRMING,
        /** Nothing is open. */
        OVER
    }

    /** The kinds of requests, and as what each is answered. */
    enum Kind {
        IR(PKIBody.TYPE_INIT_REQ, PKIBody.TYPE_INIT_REP, 0),
        CR(PKIBody.TYPE_CERT_REQ, PKIBody.TYPE_CERT_REP, 0),
        P10CR(PKIBody.TYPE_P10_CERT_REQ, PKIBody.TYPE_CERT_REP, -1),
        KUR(PKIBody.TYPE_KEY_UPDATE_REQ, PKIBody.TYPE_KEY_UPDATE_REP, 0);

        private final int body;
        private final int answer;
        private final int requestId;

        Kind(int body, int answer, int requestId) {
            this.body = body;
            this.answer = answer;
            this.requestId = requestId;
        }

        int body() {
            return body;
        }

        int answer() {
            return answer;
        }

        /** Before the CA has named it (RFC 9810, 5.2.8.2 and 5.3.4). */
        int requestId() {
            return requestId;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern FORM =
            Pattern.compile("([a-z]+) ([0-9]{1,6}) ([a-z0-9]+) ([0-9A-F]+) (-?[0-9]{1,9}) ([0-9A-F]+|-) (\\S+)");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String NOTHING = "-";

    TransactionNote {
        id = id.clone();
        serverNonce = serverNonce.clone();
    }

    static TransactionNote asked(int times, Kind kind, byte[] id) {
        return new TransactionNote(State.ASKED, times, kind, id, kind.requestId(), new byte[0], Optional.empty());
    }

    TransactionNote with(State next, int request, byte[] nonce) {
        return new TransactionNote(next, times, kind, id, request, nonce, chain);
    }

    TransactionNote confirming(CertificateChain given, int request, byte[] nonce) {
        return new TransactionNote(State.CONFIRMING, times, kind, id, request, nonce, Optional.of(given));
    }

    /** Nothing is open, and nothing was lost. */
    TransactionNote over() {
        return new TransactionNote(State.OVER, 0, kind, id, requestId, serverNonce, Optional.empty());
    }

    /** Whether the CA is known to have it, so that it goes on instead of beginning anew. */
    boolean isUnderWay() {
        return state == State.PENDING || state == State.POLLED || state == State.CONFIRMING;
    }

    @Override
    public byte[] id() {
        return id.clone();
    }

    @Override
    public byte[] serverNonce() {
        return serverNonce.clone();
    }

    String hex() {
        return HEX.formatHex(id);
    }

    byte[] encode() {
        String text = String.join(
                " ",
                state.name().toLowerCase(Locale.ROOT),
                Integer.toString(times),
                kind.word(),
                hex(),
                Integer.toString(requestId),
                serverNonce.length == 0 ? NOTHING : HEX.formatHex(serverNonce),
                chain.map(ChainCodec::encode)
                        .map(Base64.getEncoder()::encodeToString)
                        .orElse(NOTHING));
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static TransactionNote decode(byte[] value) throws IOException {
        Matcher parts = FORM.matcher(new String(value, StandardCharsets.US_ASCII));
        if (!parts.matches()) {
            throw new IOException("no transaction");
        }
        return new TransactionNote(
                State.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts.group(2)),
                Kind.valueOf(parts.group(3).toUpperCase(Locale.ROOT)),
                HEX.parseHex(parts.group(4)),
                Integer.parseInt(parts.group(5)),
                parts.group(6).equals(NOTHING) ? new byte[0] : HEX.parseHex(parts.group(6)),
                parts.group(7).equals(NOTHING)
                        ? Optional.empty()
                        : Optional.of(ChainCodec.decode(Base64.getDecoder().decode(parts.group(7)))));
    }
}
