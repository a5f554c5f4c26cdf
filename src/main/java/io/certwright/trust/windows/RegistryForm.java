package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One {@code .reg} for each store, for {@code reg import}: it creates the store where it is missing, as the pin store is on a
 * machine whose Windows Update service never made it. UTF-16LE with byte order mark and CRLF, as regedit writes.
 */
final class RegistryForm implements PackageForm {
    private static final String CRLF = "\r\n";
    private static final String HEADER = "\uFEFFWindows Registry Editor Version 5.00" + CRLF + CRLF;
    private static final String MACHINE = "HKEY_LOCAL_MACHINE\\";
    private static final String INDENT = "  ";
    private static final int COLUMNS = 80;
    /** Two digits and a comma; the last one of a line is followed by a backslash. */
    private static final int CHARACTERS_PER_BYTE = 3;

    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        for (WindowsStore store : WindowsStore.values()) {
            List<TrustEntry> entries = store.entriesOf(bundle);
            if (!entries.isEmpty()) {
                files.add(new PackageFile(
                        store.filePrefix() + ".reg",
                        encode(store, entries),
                        "All certificates for " + store.words() + ", for reg import."));
            }
        }
        return files;
    }

    static byte[] encode(WindowsStore store, List<TrustEntry> entries) {
        return encode(entries.stream()
                .map(entry -> RegistryValue.binary(store.keyOf(entry), "Blob", StoreElements.blob(entry.certificate())))
                .toList());
    }

    /** One block for each value, as regedit reads it. */
    static byte[] encode(Collection<RegistryValue> values) {
        StringBuilder text = new StringBuilder(HEADER);
        for (RegistryValue value : values) {
            text.append('[').append(MACHINE).append(value.key()).append(']').append(CRLF);
            append(text, value);
            text.append(CRLF).append(CRLF);
        }
        return text.toString().getBytes(StandardCharsets.UTF_16LE);
    }

    private static void append(StringBuilder text, RegistryValue value) {
        String named = "\"" + value.name() + "\"=";
        switch (value.type()) {
            case TEXT ->
                text.append(named)
                        .append('"')
                        .append(value.shown().replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            case NUMBER ->
                text.append(named)
                        .append("dword:")
                        .append(String.format(Locale.ROOT, "%08x", Integer.parseInt(value.shown())));
            case BINARY -> appendFolded(text, named + "hex:", value.bytes());
        }
    }

    private static void appendFolded(StringBuilder text, String start, byte[] bytes) {
        HexFormat hex = HexFormat.ofDelimiter(",");
        text.append(start);
        int room = bytesThatFit(start.length());
        for (int from = 0; from < bytes.length; from += room) {
            if (from > 0) {
                text.append(",\\").append(CRLF).append(INDENT);
                room = bytesThatFit(INDENT.length());
            }
            text.append(hex.formatHex(bytes, from, Math.min(from + room, bytes.length)));
        }
    }

    private static int bytesThatFit(int used) {
        return (COLUMNS - 1 - used) / CHARACTERS_PER_BYTE;
    }
}
