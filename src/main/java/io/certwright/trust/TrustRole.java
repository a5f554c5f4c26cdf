package io.certwright.trust;

/** As what a certificate is given to clients; each role has its own store there. */
public enum TrustRole {
    /** A self-signed certificate for Trusted Root. */
    ANCHOR("root certificate"),
    /** An issuing CA's certificate for Intermediate Certification Authorities. */
    INTERMEDIATE("intermediate certificate"),
    /** A server's leaf for {@code WindowsServerUpdateServices}. */
    PIN("pin"),
    /** What signs locally published updates, for Trusted Publishers; no server ever shows it. */
    SIGNER("signing certificate");

    private final String words;

    TrustRole(String words) {
        this.words = words;
    }

    /** As a sentence says it. */
    public String words() {
        return words;
    }
}
