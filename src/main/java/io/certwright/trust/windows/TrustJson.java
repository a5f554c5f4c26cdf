package io.certwright.trust.windows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.certwright.certificate.DnsName;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientReport;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import io.certwright.trust.TrustRole;
import io.certwright.trust.UpdateServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the scripts of a package read: the scripts are the same in every package, and what differs is here. ASCII only, since
 * Windows PowerShell reads files in the machine's code page. Every field is always there, as strict mode wants it.
 */
final class TrustJson {
    private final TrustBundle bundle;
    private final boolean withCertificates;

    /** @param withCertificates not where thumbprints are enough, since a management tool limits the size of a script */
    private TrustJson(TrustBundle bundle, boolean withCertificates) {
        this.bundle = bundle;
        this.withCertificates = withCertificates;
    }

    static byte[] whole(TrustBundle bundle) {
        return new TrustJson(bundle, true).bytes();
    }

    static byte[] forDetection(TrustBundle bundle) {
        return new TrustJson(bundle, false).bytes();
    }

    private byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.setPrettyPrinter(Manifest.lineFeedsEverywhere());
            json.writeStartObject();
            json.writeStringField("group", bundle.group().name().value());
            json.writeStringField("package", bundle.digest().substring(0, ClientReport.NAME_LENGTH));
            json.writeBooleanField("pinning", bundle.group().pinning());
            writeServer(json, bundle.group().updates().server());
            writeCertificates(json);
            writePolicy(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("the trust of a package could not be written to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static void writeServer(JsonGenerator json, Optional<UpdateServer> server) throws IOException {
        json.writeObjectFieldStart("updateServer");
        json.writeStringField("url", server.map(UpdateServer::url).orElse(""));
        json.writeStringField("host", server.map(known -> known.host().value()).orElse(""));
        json.writeEndObject();
    }

    private void writeCertificates(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("certificates");
        for (WindowsStore store : WindowsStore.values()) {
            for (TrustEntry entry : store.entriesOf(bundle)) {
                write(json, store, entry);
            }
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, WindowsStore store, TrustEntry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("store", store.certutilName());
        json.writeStringField("audience", WindowsStore.isForAllWhoConnect(entry) ? "connecting" : "scanning");
        json.writeStringField("thumbprint", entry.thumbprint().hex());
        json.writeStringField("subject", Subjects.commonNameOf(entry.certificate()));
        json.writeArrayFieldStart("names");
        for (String name : namesOf(entry)) {
            json.writeString(name);
        }
        json.writeEndArray();
        if (withCertificates) {
            json.writeStringField("key", store.keyOf(entry));
            json.writeStringField("der", base64(Der.of(entry.certificate())));
            json.writeStringField("blob", base64(StoreElements.blob(entry.certificate())));
        }
        json.writeEndObject();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The names that a server's leaf is good for: those of its SAN, or its CN where it has none, as Windows still takes it. */
    private static List<String> namesOf(TrustEntry entry) {
        if (entry.role() != TrustRole.PIN) {
            return List.of();
        }
        try {
            CertificateDetails details = CertificateReader.read(entry.certificate());
            List<String> named =
                    details.dnsNames().isEmpty() ? details.commonName().stream().toList() : details.dnsNames();
            return named.stream().filter(DnsName::isWellFormed).toList();
        } catch (LifecycleException malformed) {
            return List.of();
        }
    }

    private void writePolicy(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("policy");
        for (RegistryValue value : PolicyValues.of(bundle.group())) {
            json.writeStartObject();
            json.writeStringField("key", value.key());
            json.writeStringField("name", value.name());
            json.writeStringField("type", value.type().powerShellName());
            json.writeStringField("value", value.shown());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
