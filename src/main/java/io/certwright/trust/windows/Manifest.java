package io.certwright.trust.windows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import io.certwright.trust.TrustRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * {@code manifest.json}: what clients must have, for scripts, and the SHA-256 of each file. It is written last, so a package
 * whose files fit their hashes is whole. It holds no time of making: the same bundle gives the same bytes.
 */
final class Manifest {
    private Manifest() {}

    static PackageFile of(TrustBundle bundle, List<PackageFile> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.setPrettyPrinter(lineFeedsEverywhere());
            json.writeStartObject();
            json.writeStringField("group", bundle.group().name().value());
            json.writeBooleanField("pinning", bundle.group().pinning());
            json.writeStringField("bundle", bundle.digest());
            writeCertificates(json, bundle);
            writeFiles(json, files);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a manifest could not be written to memory", impossible);
        }
        return new PackageFile(TrustPackage.MANIFEST, bytes.toByteArray(), "What stands here, for scripts.");
    }

    private static void writeCertificates(JsonGenerator json, TrustBundle bundle) throws IOException {
        json.writeArrayFieldStart("certificates");
        for (WindowsStore store : WindowsStore.values()) {
            for (TrustEntry entry : store.entriesOf(bundle)) {
                write(json, store, entry);
            }
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, WindowsStore store, TrustEntry entry) throws IOException {
        ValidityPeriod validity = ValidityPeriod.of(entry.certificate());
        json.writeStartObject();
        json.writeStringField("store", store.certutilName());
        json.writeStringField(
                "subject", entry.certificate().getSubjectX500Principal().getName());
        if (entry.role() == TrustRole.PIN) {
            json.writeStringField("server", entry.label());
        }
        json.writeStringField("thumbprint", entry.thumbprint().hex());
        json.writeStringField("sha256", entry.sha256().hex());
        json.writeStringField("notBefore", validity.notBefore().toString());
        json.writeStringField("notAfter", validity.notAfter().toString());
        json.writeStringField("file", CertificateFileForm.nameOf(store, entry));
        json.writeEndObject();
    }

    private static void writeFiles(JsonGenerator json, List<PackageFile> files) throws IOException {
        json.writeArrayFieldStart("files");
        for (PackageFile file : files) {
            json.writeStartObject();
            json.writeStringField("name", file.name());
            json.writeNumberField("size", file.content().length);
            json.writeStringField("sha256", file.sha256());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Jackson's own default takes the line separator of the machine, which would make Windows and Linux disagree on a hash. */
    static DefaultPrettyPrinter lineFeedsEverywhere() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }
}
