package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import io.certwright.trust.TrustRole;
import java.security.cert.X509Certificate;
import java.util.List;

/** The store of the local machine that a role belongs into. Declared in the order in which a README names them. */
enum WindowsStore {
    ROOT(TrustRole.ANCHOR, "root", "ROOT", "Root", "Trusted Root Certification Authorities"),
    INTERMEDIATE(TrustRole.INTERMEDIATE, "intermediate", "CA", "CA", "Intermediate Certification Authorities"),
    PIN(
            TrustRole.PIN,
            "pin",
            "WindowsServerUpdateServices",
            "WindowsServerUpdateServices",
            "WindowsServerUpdateServices (certificate pins of the Windows Update client)");

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

    static WindowsStore of(TrustRole role) {
        return switch (role) {
            case ANCHOR -> ROOT;
            case INTERMEDIATE -> INTERMEDIATE;
            case PIN -> PIN;
        };
    }

    /** {@code root}, {@code intermediate}, {@code pin}: how the names of its files begin. */
    String filePrefix() {
        return filePrefix;
    }

    /** The key below {@code HKLM\SOFTWARE\Microsoft\SystemCertificates}. */
    String registryName() {
        return registryName;
    }

    /** The name that {@code certutil -addstore} and {@code Cert:\LocalMachine} take. */
    String certutilName() {
        return certutilName;
    }

    /** As the certificates console shows it. */
    String words() {
        return words;
    }

    List<TrustEntry> entriesOf(TrustBundle bundle) {
        return bundle.entries().stream().filter(entry -> entry.role() == role).toList();
    }

    List<X509Certificate> certificatesOf(TrustBundle bundle) {
        return entriesOf(bundle).stream().map(TrustEntry::certificate).toList();
    }
}
