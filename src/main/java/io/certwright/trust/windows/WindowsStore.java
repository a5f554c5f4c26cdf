package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import io.certwright.trust.TrustRole;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The store of the local machine that a role belongs into. Declared in the order in which a README names them. */
enum WindowsStore {
    ROOT(TrustRole.ANCHOR, "root", "ROOT", "Root", "Trusted Root Certification Authorities"),
    INTERMEDIATE(TrustRole.INTERMEDIATE, "intermediate", "CA", "CA", "Intermediate Certification Authorities"),
    PIN(
            TrustRole.PIN,
            "pin",
            "WindowsServerUpdateServices",
            "WindowsServerUpdateServices",
            "WindowsServerUpdateServices (certificate pins of the Windows Update client)"),
    PUBLISHER(TrustRole.SIGNER, "publisher", "TrustedPublisher", "TrustedPublisher", "Trusted Publishers");

    private final TrustRole role;
    private final String filePrefix;
    private final String registryName;
    private final String certutilName;
    private final String words;

    WindowsStore(TrustRole role, String filePrefix, String registryName, String certutilName, String words) {
        this.role = role;
        this.filePrefix = filePrefix;
        this.registryName = registryName;
        this.certutilName = certutilName;
        this.words = words;
    }

    /** Roots and intermediates are for all that connect; the others only for machines that scan for updates. */
    static boolean isForAllWhoConnect(TrustEntry entry) {
        return entry.role() == TrustRole.ANCHOR || entry.role() == TrustRole.INTERMEDIATE;
    }

    /** {@code root}, {@code intermediate}, {@code pin}: how the names of its files begin. */
    String filePrefix() {
        return filePrefix;
    }

    /** The name that {@code certutil -addstore} and {@code Cert:\LocalMachine} take. */
    String certutilName() {
        return certutilName;
    }

    /** As the certificates console shows it. */
    String words() {
        return words;
    }

    /** A signer of local updates that signs itself is nothing to clients unless it is trusted as a root, too. */
    List<TrustEntry> entriesOf(TrustBundle bundle) {
        List<TrustEntry> signers = bundle.group().updates().signers().stream()
                .map(TrustEntry::signer)
                .toList();
        Stream<TrustEntry> own = bundle.entries().stream().filter(entry -> entry.role() == role);
        return switch (this) {
            case PUBLISHER -> signers;
            case ROOT ->
                Stream.concat(
                                own,
                                signers.stream()
                                        .filter(TrustEntry::isSelfSigned)
                                        .filter(signer -> !bundle.anchors().contains(signer.certificate())))
                        .toList();
            case INTERMEDIATE, PIN -> own.toList();
        };
    }

    /** Whether the package has anything for clients at all. */
    static boolean isAnythingIn(TrustBundle bundle) {
        return Arrays.stream(values())
                .anyMatch(store -> !store.entriesOf(bundle).isEmpty());
    }

    /** The key that holds the certificate, below {@code HKEY_LOCAL_MACHINE}. */
    String keyOf(TrustEntry entry) {
        return "SOFTWARE\\Microsoft\\SystemCertificates\\" + registryName + "\\Certificates\\" + entry.thumbprint();
    }

    List<X509Certificate> certificatesOf(TrustBundle bundle) {
        return entriesOf(bundle).stream().map(TrustEntry::certificate).toList();
    }
}
