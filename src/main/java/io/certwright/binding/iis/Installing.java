package io.certwright.binding.iis;

import io.certwright.binding.CertificateToBind;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Pkcs12Codec;
import io.certwright.crypto.Pkcs12Codec.Encryption;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.iis.HostState;
import io.certwright.windows.HostCall.ProgramOutput;
import io.certwright.windows.RequestCall.InstallHostCertificate;
import io.certwright.windows.StoreCall.CertificateInStore;
import io.certwright.windows.StoreCall.GetStoredCertificates;
import io.certwright.windows.StoreCall.ImportCertificateOnly;
import io.certwright.windows.StoreCall.ImportPfx;
import io.certwright.windows.StoreCall.NewKeySignature;
import io.certwright.windows.StoreCall.SetFriendlyName;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Puts a certificate, its key and its intermediates into the machine's stores, and shows that the key can be used there. */
final class Installing {
    /** Windows Server 2016 (14393) and older read nothing better than Triple DES. */
    private static final int FIRST_BUILD_WITH_AES = 17763;

    private static final int CHALLENGE_OCTETS = 32;
    private static final int PASSWORD_OCTETS = 24;

    private final WindowsHost host;
    private final KeySealer sealer;
    private final SecureRandom random;

    Installing(WindowsHost host, KeySealer sealer, SecureRandom random) {
        this.host = host;
        this.sealer = sealer;
        this.random = random;
    }

    /** What is missing on the host, in sentences. */
    List<String> preview(HostState state, CertificateToBind next) throws LifecycleException {
        List<String> changes = new ArrayList<>();
        if (!isStored(state, next)) {
            changes.add("certificate " + next.certificate().thumbprint() + " would be put into LocalMachine\\My as "
                    + Printable.quote(next.friendlyName()));
        }
        for (X509Certificate missing : missingIntermediates(state, next)) {
            changes.add("intermediate " + Thumbprint.of(missing) + " would be put into LocalMachine\\CA");
        }
        return changes;
    }

    /** Ensures all of it; throws before any binding is touched where the key does not work. */
    void ensureInstalled(HostState state, CertificateToBind next) throws LifecycleException {
        List<WindowsCall<?>> calls = new ArrayList<>();
        for (X509Certificate missing : missingIntermediates(state, next)) {
            calls.add(new ImportCertificateOnly(StoreName.CA, missing));
        }
        if (isStored(state, next)) {
            rename(state, next).ifPresent(calls::add);
            if (!calls.isEmpty()) {
                host.perform(calls);
            }
        } else {
            importWith(calls, state, next);
        }
        requireUsableKey(next);
    }

    private static boolean isStored(HostState state, CertificateToBind next) {
        return state.personal()
                .find(next.certificate().thumbprint())
                .filter(CertificateInStore::hasKey)
                .isPresent();
    }

    private static Optional<SetFriendlyName> rename(HostState state, CertificateToBind next) {
        return state.personal()
                .find(next.certificate().thumbprint())
                .filter(stored -> !stored.friendlyName().equals(next.friendlyName()))
                .map(stored -> new SetFriendlyName(stored.thumbprint(), next.friendlyName()));
    }

    private static List<X509Certificate> missingIntermediates(HostState state, CertificateToBind next) {
        return next.certificate().chain().intermediates().stream()
                .filter(each -> state.intermediates().find(Thumbprint.of(each)).isEmpty())
                .toList();
    }

    private void importWith(List<WindowsCall<?>> others, HostState state, CertificateToBind next)
            throws LifecycleException {
        if (next.key().isEmpty()) {
            acceptWith(others, next);
            return;
        }
        SealedKey sealed = next.key().get();
        Encryption encryption =
                state.facts().build() < FIRST_BUILD_WITH_AES ? Encryption.TRIPLE_DES : Encryption.AES_256;
        try (SecretBytes password = password();
                SecretBytes pfx = pfx(next, sealed, password, encryption)) {
            List<WindowsCall<?>> calls = new ArrayList<>(others);
            calls.add(new ImportPfx(pfx, password));
            calls.add(new SetFriendlyName(next.certificate().thumbprint(), next.friendlyName()));
            host.perform(calls);
        }
    }

    /** The key was made here and waits in REQUEST: found by its public key, whatever was lost in between. */
    private void acceptWith(List<WindowsCall<?>> others, CertificateToBind next) throws LifecycleException {
        X509Certificate leaf = next.certificate().leaf();
        if (!isRequested(leaf)) {
            throw keyAway(next);
        }
        InstallHostCertificate accepting = new InstallHostCertificate(leaf);
        List<WindowsCall<?>> calls = new ArrayList<>(others);
        calls.add(accepting);
        ProgramOutput accepted = host.perform(calls).of(accepting);
        if (accepted.exitCode() != 0) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "HOST_ACCEPT_FAILED",
                    "host " + host.name() + ": certreq -accept ended with "
                            + String.format("0x%08X", accepted.exitCode()) + ", saying "
                            + Printable.quote(String.join(" ", accepted.lines()))
                            + "; certwright explain CODE says more of the number");
        }
        host.perform(new SetFriendlyName(next.certificate().thumbprint(), next.friendlyName()));
    }

    private boolean isRequested(X509Certificate leaf) throws LifecycleException {
        return host.perform(new GetStoredCertificates(StoreName.REQUEST)).certificates().stream()
                .anyMatch(waiting -> waiting.isOf(leaf.getPublicKey()));
    }

    private SecretBytes password() {
        byte[] octets = new byte[PASSWORD_OCTETS];
        random.nextBytes(octets);
        return SecretBytes.ofText(HexFormat.of().formatHex(octets));
    }

    private SecretBytes pfx(CertificateToBind next, SealedKey sealed, SecretBytes password, Encryption encryption)
            throws LifecycleException {
        byte[] file = new Pkcs12Codec(random)
                .write(next.certificate().chain(), sealer.open(sealed), next.friendlyName(), password, encryption);
        try {
            return SecretBytes.of(file);
        } finally {
            Arrays.fill(file, (byte) 0);
        }
    }

    private void requireUsableKey(CertificateToBind next) throws LifecycleException {
        byte[] challenge = new byte[CHALLENGE_OCTETS];
        random.nextBytes(challenge);
        Thumbprint thumbprint = next.certificate().thumbprint();
        var answer =
                host.perform(new NewKeySignature(thumbprint, Base64.getEncoder().encodeToString(challenge)));
        if (!Signatures.verifies(next.certificate().leaf(), challenge, answer)) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "KEY_UNUSABLE",
                    "host " + host.name() + ": the private key in LocalMachine\\My does not sign for certificate "
                            + thumbprint + "; remove the certificate there, then \"certwright bind " + next.name()
                            + "\"");
        }
    }

    private LifecycleException keyAway(CertificateToBind next) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "KEY_NOT_ON_HOST",
                "host " + host.name() + ": the key of " + next.name()
                        + " was made on a host, but its certificate is not in LocalMachine\\My here; issue it again with"
                        + " \"certwright renew " + next.name() + " --force\"");
    }
}
