package io.certwright.app.settings;

import io.certwright.config.ConfigMapping;
import io.certwright.crypto.CertificateFiles;
import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates that the settings name by file. */
final class TrustAnchors {
    private TrustAnchors() {}

    static List<X509Certificate> read(ConfigMapping node, String key) {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path file : node.paths(key)) {
            try {
                anchors.addAll(CertificateFiles.read(file).certificates());
            } catch (LifecycleException unreadable) {
                node.fault(key, unreadable.getMessage());
            }
        }
        return anchors;
    }
}
