package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** One {@code .sst} for each store: the only file of several certificates that {@code Import-Certificate} takes whole. */
final class SerializedStoreForm implements PackageForm {
    private static final byte[] VERSION = new byte[4];
    private static final byte[] MAGIC = "CERT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = new byte[12];

    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        for (WindowsStore store : WindowsStore.values()) {
            List<X509Certificate> certificates = store.certificatesOf(bundle);
            if (!certificates.isEmpty()) {
                files.add(new PackageFile(
                        store.filePrefix() + ".sst",
                        encode(certificates),
                        "All certificates for " + store.words() + ", for Import-Certificate."));
            }
        }
        return files;
    }

    static byte[] encode(List<X509Certificate> certificates) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(VERSION);
        bytes.writeBytes(MAGIC);
        certificates.forEach(certificate -> bytes.writeBytes(StoreElements.certificate(certificate)));
        bytes.writeBytes(END);
        return bytes.toByteArray();
    }
}
