package io.certwright.lifecycle.record;

/** Why a certificate is issued anew. */
public enum RenewalReason {
    /** There is none in use yet. */
    FIRST("there is none yet"),
    NEARING_EXPIRY("it nears its end"),
    /** The CA asks for it (RFC 9773). */
    SUGGESTED_BY_CA("the CA suggests it"),
    NAMES_CHANGED("the wished names changed"),
    ISSUER_CHANGED("the wished issuer changed"),
    KEY_SPEC_CHANGED("the wished key changed"),
    /** The certificate in use no longer passes our own checks. */
    POLICY_CHANGED("the certificate in use no longer passes the checks"),
    /** A person said so. */
    FORCED("a person asked for it"),
    /** The certificate in use is revoked: clients may refuse it at any moment. */
    REVOKED("the certificate in use is revoked"),
    /** It was not: what a person had bound by hand was taken over as it is. */
    ADOPTED("it was bound by hand and taken over");

    private final String sentence;

    RenewalReason(String sentence) {
        this.sentence = sentence;
    }

    /** For people, after "because". */
    public String sentence() {
        return sentence;
    }
}
