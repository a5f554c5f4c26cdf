package io.certwright.trust.windows;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One Group Policy Preferences file for each store (MS-GPPREF, registry items): the only way by which Group Policy brings pins,
 * for which its certificate policies have no place. To be pasted or dragged into Preferences, Windows Settings, Registry.
 */
final class PreferencesForm implements PackageForm {
    private static final String COLLECTION = "{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}";
    private static final String ITEM = "{9CD4B2F4-923D-47f5-A062-E897DD1DAD50}";
    private static final DateTimeFormatter CHANGED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        for (WindowsStore store : WindowsStore.values()) {
            List<TrustEntry> entries = store.entriesOf(bundle);
            if (!entries.isEmpty()) {
                files.add(new PackageFile(
                        store.filePrefix() + "-preferences.xml",
                        encode(store, entries),
                        "All certificates for " + store.words() + ", for Group Policy Preferences, Registry."));
            }
        }
        return files;
    }

    static byte[] encode(WindowsStore store, List<TrustEntry> entries) {
        String items = entries.stream().map(entry -> item(store, entry)).collect(Collectors.joining());
        String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<RegistrySettings clsid=\"" + COLLECTION + "\">\r\n"
                + items + "</RegistrySettings>\r\n";
        return xml.getBytes(StandardCharsets.US_ASCII);
    }

    /** The identity and the time of an item follow from its content, so that the same trust gives the same bytes. */
    private static String item(WindowsStore store, TrustEntry entry) {
        String key = store.keyOf(entry);
        String uid = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.US_ASCII))
                .toString()
                .toUpperCase(Locale.ROOT);
        String changed = CHANGED.format(ValidityPeriod.of(entry.certificate()).notBefore());
        String blob = HexFormat.of().withUpperCase().formatHex(StoreElements.blob(entry.certificate()));
        return "  <Registry clsid=\"" + ITEM + "\" name=\"Blob\" status=\"Blob\" changed=\"" + changed + "\" uid=\"{"
                + uid + "}\" desc=\"" + Html.text(Subjects.commonNameOf(entry.certificate())) + "\">\r\n"
                + "    <Properties action=\"U\" displayDecimal=\"0\" default=\"0\" hive=\"HKEY_LOCAL_MACHINE\" key=\""
                + key + "\" name=\"Blob\" type=\"" + RegistryValue.Type.BINARY.windowsName() + "\" value=\"" + blob
                + "\"/>\r\n  </Registry>\r\n";
    }
}
