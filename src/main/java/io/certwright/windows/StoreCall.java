package io.certwright.windows;

import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.Nothing;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The certificate stores of the machine, and the keys in them. */
public sealed interface StoreCall<A extends Record> extends WindowsCall<A> {
    /** Everything in one store; none where the store does not exist. */
    record GetStoredCertificates(StoreName store) implements StoreCall<StoredCertificates> {}

    /** What a store holds. */
    record StoredCertificates(List<CertificateInStore> certificates) {
        public StoredCertificates {
            certificates = List.copyOf(certificates);
        }

        public Optional<CertificateInStore> find(Thumbprint thumbprint) {
            return certificates.stream()
                    .filter(each -> each.thumbprint().equals(thumbprint))
                    .findFirst();
        }

        /** Those that parse; one that does not, which Windows may keep for years, is in nobody's way. */
        public List<X509Certificate> readable() {
            return certificates.stream()
                    .flatMap(each -> each.findCertificate().stream())
                    .toList();
        }
    }

    /**
     * One certificate of a store.
     *
     * @param hasKey whether Windows remembers a private key for it; not whether that key works
     * @param der Base64 of the certificate
     */
    record CertificateInStore(Thumbprint thumbprint, String friendlyName, boolean hasKey, String der) {
        public X509Certificate certificate() throws LifecycleException {
            try {
                return parsed();
            } catch (CertificateException | IllegalArgumentException unreadable) {
                throw new LifecycleException(
                        FailureKind.MALFORMED_ANSWER,
                        "HOST_CERTIFICATE_UNREADABLE",
                        "store: certificate " + thumbprint + " does not parse, wanted X.509; look at it in the host's"
                                + " certificate console",
                        unreadable);
            }
        }

        /** Whether it is the certificate of this key, also where the rest of it does not parse. */
        public boolean isOf(PublicKey key) {
            Optional<X509Certificate> certificate = findCertificate();
            return certificate.isPresent()
                    ? Arrays.equals(certificate.get().getPublicKey().getEncoded(), key.getEncoded())
                    : latin(Base64.getMimeDecoder().decode(der)).contains(latin(key.getEncoded()));
        }

        private static String latin(byte[] octets) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }

        /** Empty where it does not parse. */
        public Optional<X509Certificate> findCertificate() {
            try {
                return Optional.of(parsed());
            } catch (CertificateException | IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }

        private X509Certificate parsed() throws CertificateException {
            byte[] bytes = Base64.getDecoder().decode(der);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        }
    }

    /**
     * Puts certificate and key of a PFX into LocalMachine\My, the key in the machine's key set and not exportable. Harmless twice.
     *
     * @param password made for this one visit
     */
    record ImportPfx(SecretBytes pfx, SecretBytes password) implements StoreCall<Stored> {}

    /** Puts one certificate without a key into a store. Harmless twice. */
    record ImportCertificateOnly(StoreName store, X509Certificate certificate) implements StoreCall<Stored> {}

    /** What lies in the store now. */
    record Stored(Thumbprint thumbprint) {}

    /** Names a certificate of LocalMachine\My as people see it. */
    record SetFriendlyName(Thumbprint thumbprint, String friendlyName) implements StoreCall<Nothing> {
        public SetFriendlyName {
            WindowsCall.requireText("friendly name", friendlyName);
        }
    }

    /** Takes a certificate out of a store; its key stays unless {@code deleteKey}. Harmless where it is gone already. */
    record RemoveStoredCertificate(StoreName store, Thumbprint thumbprint, boolean deleteKey)
            implements StoreCall<Nothing> {}

    /**
     * Signs a challenge with the private key of a certificate in LocalMachine\My; the caller verifies.
     *
     * @param challenge Base64 of the bytes to sign
     */
    record NewKeySignature(Thumbprint thumbprint, String challenge) implements StoreCall<KeySignature> {
        /** A certificate request with a hundred long names has room in it. */
        private static final int LONGEST_CHALLENGE = 100_000;

        public NewKeySignature {
            if (challenge.isEmpty() || challenge.length() > LONGEST_CHALLENGE) {
                throw new IllegalArgumentException("challenge: got " + challenge.length() + " characters, wanted 1 to "
                        + LONGEST_CHALLENGE + " of Base64; sign for fewer names");
            }
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    /**
     * A signature by the key beside a certificate.
     *
     * @param algorithm {@code RSA} for PKCS#1 v1.5 with SHA-256, {@code ECDSA} for SHA-256 in IEEE P1363 form
     * @param signature Base64
     */
    record KeySignature(String algorithm, String signature) {
        /** As {@link java.security.Signature} calls it. */
        public String javaAlgorithm() {
            return algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
        }
    }
}
