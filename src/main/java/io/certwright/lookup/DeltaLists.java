package io.certwright.lookup;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** The delta lists among revocation lists: what changed since a complete list (RFC 5280, 5.2.4), which the JDK passes over. */
final class DeltaLists {
    private static final String NUMBER = "2.5.29.20";
    private static final String BASE_NUMBER = "2.5.29.27";
    private static final String SCOPE = "2.5.29.28";

    private final List<X509CRL> lists;

    DeltaLists(List<X509CRL> lists) {
        this.lists = lists;
    }

    /** What the newest delta in force says of the certificate; empty if none is there or it does not name the certificate. */
    Optional<X509CRLEntry> find(X509Certificate subject, X509Certificate issuer, Instant at) {
        return lists.stream()
                .filter(list -> numberOf(list, BASE_NUMBER).isPresent())
                .filter(delta -> isOf(delta, issuer) && isInForce(delta, at))
                .filter(delta -> lists.stream().anyMatch(base -> isOf(base, issuer) && continues(delta, base)))
                .max(Comparator.comparing(delta -> numberOf(delta, NUMBER).orElse(BigInteger.ZERO)))
                .flatMap(delta -> Optional.ofNullable(delta.getRevokedCertificate(subject)));
    }

    /** The base of the delta is no newer than the complete list, the delta is, and both are about the same certificates. */
    private static boolean continues(X509CRL delta, X509CRL base) {
        Optional<BigInteger> have = numberOf(base, NUMBER);
        return numberOf(base, BASE_NUMBER).isEmpty()
                && have.isPresent()
                && numberOf(delta, BASE_NUMBER)
                        .filter(from -> from.compareTo(have.get()) <= 0)
                        .isPresent()
                && numberOf(delta, NUMBER)
                        .filter(to -> to.compareTo(have.get()) > 0)
                        .isPresent()
                && Arrays.equals(delta.getExtensionValue(SCOPE), base.getExtensionValue(SCOPE));
    }

    /** Named after the issuer and signed by its key. */
    static boolean isOf(X509CRL list, X509Certificate issuer) {
        if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException doesNotFit) {
            return false;
        }
    }

    private static boolean isInForce(X509CRL list, Instant at) {
        Date end = list.getNextUpdate();
        return !list.getThisUpdate().toInstant().isAfter(at)
                && end != null
                && !end.toInstant().isBefore(at);
    }

    /** An INTEGER of at most 20 octets (RFC 5280, 5.2.3) inside an OCTET STRING, so that both lengths are one octet. */
    private static Optional<BigInteger> numberOf(X509CRL list, String oid) {
        byte[] value = list.getExtensionValue(oid);
        boolean wellFormed = value != null
                && value.length > 4
                && value.length < 128
                && value[0] == 4
                && value[2] == 2
                && value[3] == value.length - 4;
        return wellFormed ? Optional.of(new BigInteger(Arrays.copyOfRange(value, 4, value.length))) : Optional.empty();
    }
}
