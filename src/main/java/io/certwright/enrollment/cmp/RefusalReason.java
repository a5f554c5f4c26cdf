package io.certwright.enrollment.cmp;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.jspecify.annotations.Nullable;

/** The reasons of PKIFailureInfo (RFC 9810, 5.2.3), by their bits, and what follows of each. */
enum RefusalReason {
    BAD_ALG(0, "badAlg: it does not know or permit the algorithm", Effect.DENIAL),
    BAD_MESSAGE_CHECK(1, "badMessageCheck: our message's protection does not hold there", Effect.CREDENTIALS),
    BAD_REQUEST(2, "badRequest: it does not permit or support this", Effect.DENIAL),
    BAD_TIME(3, "badTime: the time of our message is too far from its own", Effect.CLOCK),
    BAD_CERT_ID(4, "badCertId: it knows no such certificate", Effect.DENIAL),
    BAD_DATA_FORMAT(5, "badDataFormat: it does not understand the data", Effect.DENIAL),
    WRONG_AUTHORITY(6, "wrongAuthority: our message names another CA", Effect.DENIAL),
    INCORRECT_DATA(7, "incorrectData: the data is wrong for it", Effect.DENIAL),
    MISSING_TIME_STAMP(8, "missingTimeStamp: it wants a time stamp", Effect.DENIAL),
    BAD_POP(9, "badPOP: it does not believe that the key is ours", Effect.DENIAL),
    CERT_REVOKED(10, "certRevoked: the certificate is revoked already", Effect.DENIAL),
    CERT_CONFIRMED(11, "certConfirmed: the certificate is confirmed already", Effect.DENIAL),
    WRONG_INTEGRITY(12, "wrongIntegrity: it wants the other kind of protection", Effect.CREDENTIALS),
    BAD_RECIPIENT_NONCE(13, "badRecipientNonce: our message does not follow its last one", Effect.DENIAL),
    TIME_NOT_AVAILABLE(14, "timeNotAvailable: its clock is not there", Effect.UNAVAILABLE),
    UNACCEPTED_POLICY(15, "unacceptedPolicy: it does not permit the policy", Effect.DENIAL),
    UNACCEPTED_EXTENSION(16, "unacceptedExtension: it does not permit an extension", Effect.DENIAL),
    ADD_INFO_NOT_AVAILABLE(17, "addInfoNotAvailable: it lacks what was asked for", Effect.DENIAL),
    BAD_SENDER_NONCE(18, "badSenderNonce: our message has no good nonce", Effect.DENIAL),
    BAD_CERT_TEMPLATE(19, "badCertTemplate: it does not permit names, key or extensions", Effect.DENIAL),
    SIGNER_NOT_TRUSTED(20, "signerNotTrusted: it does not trust our certificate", Effect.CREDENTIALS),
    TRANSACTION_ID_IN_USE(21, "transactionIdInUse: it has our message already", Effect.UNKNOWN),
    UNSUPPORTED_VERSION(22, "unsupportedVersion: it does not know this version of CMP", Effect.DENIAL),
    NOT_AUTHORIZED(23, "notAuthorized: we may not ask for this", Effect.DENIAL),
    SYSTEM_UNAVAIL(24, "systemUnavail: it cannot work at the moment", Effect.UNAVAILABLE),
    SYSTEM_FAILURE(25, "systemFailure: something broke there", Effect.UNKNOWN),
    DUPLICATE_CERT_REQ(26, "duplicateCertReq: there is such a certificate already", Effect.DENIAL);

    /** What a reason makes of a refusal. */
    enum Effect {
        /** The CA's no to what was asked. */
        DENIAL,
        /** Its no to who asks. */
        CREDENTIALS,
        CLOCK,
        /** Nothing was done, and later it may be. */
        UNAVAILABLE,
        /** Something may have been done. */
        UNKNOWN
    }

    private final int bit;
    private final String meaning;
    private final Effect effect;

    RefusalReason(int bit, String meaning, Effect effect) {
        this.bit = bit;
        this.meaning = meaning;
        this.effect = effect;
    }

    /** The word of the RFC, then what it means. */
    String meaning() {
        return meaning;
    }

    Effect effect() {
        return effect;
    }

    /** Bits without a name are left out. */
    static List<RefusalReason> in(@Nullable ASN1BitString bits) {
        byte[] octets = bits == null ? new byte[0] : bits.getBytes();
        return Arrays.stream(values()).filter(reason -> reason.isSetIn(octets)).toList();
    }

    private boolean isSetIn(byte[] octets) {
        int octet = bit / Byte.SIZE;
        return octet < octets.length && (octets[octet] & 0x80 >> bit % Byte.SIZE) != 0;
    }
}
