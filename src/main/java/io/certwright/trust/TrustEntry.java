package io.certwright.trust;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import java.security.cert.X509Certificate;

/**
 * One certificate of a {@link TrustBundle} in its role. Two entries are the same to clients when role and certificate are,
 * whatever the label.
 *
 * @param label for people: the server of a pin, the X.509 subject of the others
 */
public record TrustEntry(TrustRole role, X509Certificate certificate, String label) {
    static TrustEntry anchor(X509Certificate root) {
        return new TrustEntry(
                TrustRole.ANCHOR, root, root.getSubjectX500Principal().getName());
    }

    static TrustEntry intermediate(X509Certificate issuer) {
        return new TrustEntry(
                TrustRole.INTERMEDIATE, issuer, issuer.getSubjectX500Principal().getName());
    }

    static TrustEntry pin(Pin pin) {
        return new TrustEntry(TrustRole.PIN, pin.leaf(), pin.server());
    }

    /** For Trusted Publishers. It is no part of what a server's certificate needs, so no bundle counts it among its entries. */
    public static TrustEntry signer(X509Certificate signer) {
        return new TrustEntry(
                TrustRole.SIGNER, signer, signer.getSubjectX500Principal().getName());
    }

    /** Whether the certificate is signed by its own key, so that it can stand in Trusted Root. */
    public boolean isSelfSigned() {
        return Roles.isSelfSigned(certificate);
    }

    public boolean isSameToClientsAs(TrustEntry other) {
        return role == other.role && certificate.equals(other.certificate);
    }

    public Thumbprint thumbprint() {
        return Thumbprint.of(certificate);
    }

    public Sha256Fingerprint sha256() {
        return Sha256Fingerprint.of(certificate);
    }

    /** {@code the pin DB447085 of wsus01}, {@code the root certificate 1A2B3C4D}. */
    public String describe() {
        return "the " + role.words() + " " + thumbprint().abbreviated() + (role == TrustRole.PIN ? " of " + label : "");
    }
}
