package io.certwright.trust.windows;

import io.certwright.certificate.Thumbprint;
import io.certwright.trust.TrustBundle;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One {@code .reg} for each store, for {@code reg import}: it creates the store where it is missing, as the pin store is on a
 * machine whose Windows Update service never made it. UTF-16LE with byte order mark and CRLF, as regedit writes.
 */
final class RegistryForm implements PackageForm {
    private static final String CRLF = "\r\n";
    private static final String HEADER = "\uFEFFWindows Registry Editor Version 5.00" + CRLF + CRLF;
    private static final String STORES = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SystemCertificates\\";
    private static final String VALUE = "\"Blob\"=hex:";
    private static final String INDENT = "  ";
    private static final int COLUMNS = 80;
    /** Two digits and a comma; the last one of a line is followed by a backslash. */
    private static final int CHARACTERS_PER_BYTE = 3;

    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        for (WindowsStore store : WindowsStore.values()) {
            List<X509Certificate> certificates = store.certificatesOf(bundle);
            if (!certificates.isEmpty()) {
                files.add(new PackageFile(
                        store.filePrefix() + ".reg",
                        encode(store, certificates),
                        "All certificates for " + store.words() + ", for reg import."));
            }
        }
        return files;
    }

    static byte[] encode(WindowsStore store, List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder(HEADER);
        for (X509Certificate certificate : certificates) {
            text.append('[').append(STORES).append(store.registryName()).append("\\Certificates\\");
            text.append(Thumbprint.of(certificate)).append(']').append(CRLF);
            appendFolded(text, StoreElements.blob(certificate));
            text.append(CRLF).append(CRLF);
        }
        return text.toString().getBytes(StandardCharsets.UTF_16LE);
    }

    private static void appendFolded(StringBuilder text, byte[] blob) {
        HexFormat hex = HexFormat.ofDelimiter(",");
        text.append(VALUE);
        int room = bytesThatFit(VALUE.length());
        for (int from = 0; from < blob.length; from += room) {
            if (from > 0) {
                text.append(",\\").append(CRLF).append(INDENT);
                room = bytesThatFit(INDENT.length());
            }
            text.append(hex.formatHex(blob, from, Math.min(from + room, blob.length)));
        }
    }

    private static int bytesThatFit(int used) {
        return (COLUMNS - 1 - used) / CHARACTERS_PER_BYTE;
    }
}
