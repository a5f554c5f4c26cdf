package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One DER file for each certificate. The name says store, subject or server, and the whole thumbprint, so that it can be
 * compared with what Windows shows and never changes its meaning.
 */
final class CertificateFileForm implements PackageForm {
    private static final int LONGEST_SLUG = 40;

    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        return Arrays.stream(WindowsStore.values())
                .flatMap(store -> store.entriesOf(bundle).stream()
                        .map(entry ->
                                new PackageFile(nameOf(store, entry), Der.of(entry.certificate()), purposeOf(entry))))
                .toList();
    }

    static String nameOf(WindowsStore store, TrustEntry entry) {
        String subject = Subjects.commonNameOf(entry.certificate());
        return store.filePrefix() + "-" + slug(subject) + entry.thumbprint() + ".cer";
    }

    private static String purposeOf(TrustEntry entry) {
        String whose = Subjects.commonNameOf(entry.certificate());
        return "The " + entry.role().words() + " " + whose + " alone, DER.";
    }

    /** What is left of a name in plain letters and digits, with a hyphen behind it; empty when nothing is left. */
    private static String slug(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = plain.substring(0, Math.min(plain.length(), LONGEST_SLUG)).replaceAll("-$", "");
        return cut.isEmpty() ? "" : cut + "-";
    }
}
