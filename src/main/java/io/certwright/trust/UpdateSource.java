package io.certwright.trust;

import io.certwright.certificate.Printable;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Where the clients of a group get updates from, and who signs those that are published locally. What signs updates has nothing
 * to do with the TLS of the server.
 *
 * @param server for their policy; absent where somebody else sets it
 * @param signers code signing certificates of locally published updates, for Trusted Publishers and, where one is self-signed,
 *     Trusted Root as well
 */
public record UpdateSource(Optional<UpdateServer> server, List<X509Certificate> signers) {
    /** Others set the policy, and nothing is published locally. */
    public static final UpdateSource UNKNOWN = new UpdateSource(Optional.empty(), List.of());

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY = "2.5.29.37.0";

    public UpdateSource {
        signers = signers.stream().distinct().toList();
        signers.forEach(UpdateSource::requireSigner);
    }

    private static void requireSigner(X509Certificate signer) {
        List<String> usages = usagesOf(signer);
        if (!usages.isEmpty() && !usages.contains(CODE_SIGNING) && !usages.contains(ANY)) {
            throw new IllegalArgumentException("signer of local updates: got " + Roles.describe(signer)
                    + ", which is not for code signing, wanted the certificate that signs them;"
                    + " a server's TLS certificate signs no updates");
        }
        if (Roles.isCa(signer) && !Roles.isSelfSigned(signer)) {
            throw new IllegalArgumentException("signer of local updates: got " + Roles.describe(signer)
                    + ", an issuing CA's, wanted the certificate that signs them");
        }
    }

    private static List<String> usagesOf(X509Certificate signer) {
        try {
            return Optional.ofNullable(signer.getExtendedKeyUsage()).orElse(List.of());
        } catch (CertificateParsingException unreadable) {
            throw new IllegalArgumentException(
                    "signer of local updates: the extended key usage of " + Roles.describe(signer) + " cannot be read: "
                            + Printable.quote(String.valueOf(unreadable.getMessage())),
                    unreadable);
        }
    }
}
