package io.certwright.trust.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Thumbprint;
import io.certwright.testing.OpenSsl;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.Pin;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.TrustCertificates.Signer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsFormsTest {
    private final Signer root = TrustCertificates.root("Contoso Root CA");
    private final Signer issuing = root.issuingCa("Contoso Issuing CA");
    private final X509Certificate one = issuing.leaf("wsus01.contoso.com");
    private final X509Certificate two = issuing.leaf("wsus02.contoso.com");
    private final TrustBundle bundle = new TrustBundle(
            group(),
            List.of(root.certificate()),
            List.of(issuing.certificate()),
            List.of(new Pin(one, "wsus01"), new Pin(two, "wsus02")));

    @TempDir
    private Path folder;

    static ClientGroup group() {
        return new ClientGroup(
                ClientGroupName.of("wsus-clients"), true, Duration.ofDays(14), Duration.ofDays(30), List.of(), "out");
    }

    @Test
    void the_p7b_of_the_vector_comes_out_byte_for_byte() {
        assertThat(Pkcs7Form.encode(List.of(Vector.certificate()))).isEqualTo(Vector.bytes("p7b"));
    }

    @Test
    void the_sst_of_the_vector_comes_out_byte_for_byte() {
        assertThat(SerializedStoreForm.encode(List.of(Vector.certificate()))).isEqualTo(Vector.bytes("sst"));
    }

    @Test
    void the_reg_of_the_vector_comes_out_byte_for_byte() {
        assertThat(RegistryForm.encode(
                        WindowsStore.PIN, pinned(Vector.certificate()).entries()))
                .isEqualTo(Vector.bytes("reg"));
    }

    @Test
    void the_cer_of_the_vector_is_its_der_under_a_name_that_carries_its_thumbprint() {
        TrustBundle pinned = TrustBundle.ofPins(group(), List.of(new Pin(Vector.certificate(), "wsus")));

        List<PackageFile> files = new CertificateFileForm().files(pinned);

        assertThat(files)
                .extracting(PackageFile::name)
                .containsExactly("pin-wsus-test-DB4470852B2D62816765FCF936A3444D15184183.cer");
        assertThat(files.get(0).content()).isEqualTo(Vector.bytes("cer"));
    }

    @Test
    void each_store_has_its_own_files_and_nothing_is_in_the_wrong_one() {
        Map<String, byte[]> files = files(bundle);

        assertThat(certificatesOfSst(files.get("root.sst"))).containsExactly(root.certificate());
        assertThat(certificatesOfSst(files.get("intermediate.sst"))).containsExactly(issuing.certificate());
        assertThat(certificatesOfSst(files.get("pin.sst"))).containsExactlyInAnyOrder(one, two);
        assertThat(keysOfReg(files.get("root.reg"))).containsOnlyKeys(key("ROOT", root.certificate()));
        assertThat(keysOfReg(files.get("intermediate.reg"))).containsOnlyKeys(key("CA", issuing.certificate()));
        assertThat(keysOfReg(files.get("pin.reg")))
                .containsOnlyKeys(key("WindowsServerUpdateServices", one), key("WindowsServerUpdateServices", two));
    }

    @Test
    void every_registry_value_holds_the_thumbprint_and_then_the_certificate() {
        Map<String, byte[]> values = keysOfReg(files(bundle).get("pin.reg"));

        for (X509Certificate leaf : List.of(one, two)) {
            ByteBuffer blob = ByteBuffer.wrap(values.get(key("WindowsServerUpdateServices", leaf)))
                    .order(ByteOrder.LITTLE_ENDIAN);
            assertThat(elementOf(blob, 3))
                    .isEqualTo(HexFormat.of().parseHex(Thumbprint.of(leaf).hex()));
            assertThat(Vector.parse(elementOf(blob, 32))).isEqualTo(leaf);
            assertThat(blob.hasRemaining()).isFalse();
        }
    }

    @Test
    void no_line_of_a_reg_is_longer_than_eighty_columns() {
        String text = new String(files(bundle).get("pin.reg"), StandardCharsets.UTF_16LE);

        assertThat(text.lines().filter(line -> line.contains("hex") || line.startsWith("  ")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(text).startsWith("\uFEFFWindows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\");
    }

    @Test
    void a_bundle_of_nothing_has_no_certificate_files() {
        assertThat(files(TrustBundle.empty(group())).keySet())
                .noneMatch(name -> name.matches(".*[.](cer|p7b|sst|xml)|(root|intermediate|pin|publisher)[.]reg"))
                .contains("README.html", "manifest.json");
    }

    @Test
    void odd_subjects_give_file_names_that_any_system_takes() {
        List<X509Certificate> odd = List.of(
                TrustCertificates.selfSignedLeaf("CON"),
                TrustCertificates.selfSignedLeaf("../../etc/passwd"),
                TrustCertificates.selfSignedLeaf("M\u00fcnchen \u05d0\u05d1 \ud83d\ude00 <script>"),
                TrustCertificates.selfSignedLeaf("a".repeat(60)));

        assertThat(odd)
                .extracting(leaf -> CertificateFileForm.nameOf(
                        WindowsStore.PIN, pinned(leaf).entries().get(0)))
                .containsExactly(
                        "pin-con-" + Thumbprint.of(odd.get(0)) + ".cer",
                        "pin-etc-passwd-" + Thumbprint.of(odd.get(1)) + ".cer",
                        "pin-m-nchen-script-" + Thumbprint.of(odd.get(2)) + ".cer",
                        "pin-" + "a".repeat(40) + "-" + Thumbprint.of(odd.get(3)) + ".cer");
    }

    private static TrustBundle pinned(X509Certificate leaf) {
        return TrustBundle.ofPins(group(), List.of(new Pin(leaf, "x")));
    }

    @Test
    void openssl_reads_the_same_certificates_from_the_p7b() throws Exception {
        String printed = OpenSsl.in(folder)
                .write("pin.p7b", files(bundle).get("pin.p7b"))
                .run("pkcs7", "-inform", "DER", "-in", "pin.p7b", "-print_certs", "-noout");

        assertThat(printed.lines().filter(line -> line.startsWith("subject")).map(line -> line.replace(" ", "")))
                .containsExactlyInAnyOrder("subject=CN=wsus01.contoso.com", "subject=CN=wsus02.contoso.com");
    }

    private static Map<String, byte[]> files(TrustBundle bundle) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        TrustPackage.filesOf(bundle).forEach(file -> files.put(file.name(), file.content()));
        return files;
    }

    private static String key(String store, X509Certificate certificate) {
        return "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SystemCertificates\\" + store + "\\Certificates\\"
                + Thumbprint.of(certificate);
    }

    /** A reader written from the description of the format alone. */
    private static List<X509Certificate> certificatesOfSst(byte[] sst) {
        ByteBuffer bytes = ByteBuffer.wrap(sst).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt()).isZero();
        assertThat(bytes.getInt()).isEqualTo(0x54524543);
        List<X509Certificate> certificates = new ArrayList<>();
        while (bytes.getInt(bytes.position()) != 0) {
            certificates.add(Vector.parse(elementOf(bytes, 32)));
        }
        assertThat(bytes.getInt()).isZero();
        assertThat(bytes.getLong()).isZero();
        assertThat(bytes.hasRemaining()).isFalse();
        return certificates;
    }

    private static byte[] elementOf(ByteBuffer bytes, int property) {
        assertThat(bytes.getInt()).isEqualTo(property);
        assertThat(bytes.getInt()).isEqualTo(1);
        byte[] value = new byte[bytes.getInt()];
        bytes.get(value);
        return value;
    }

    /** The binary value of each key, folded lines joined. */
    private static Map<String, byte[]> keysOfReg(byte[] reg) {
        String text = new String(reg, StandardCharsets.UTF_16LE).replace(",\\\r\n  ", ",");
        Map<String, byte[]> values = new LinkedHashMap<>();
        String key = "";
        for (String line : text.split("\r\n", -1)) {
            if (line.startsWith("[")) {
                key = line.substring(1, line.length() - 1);
            } else if (line.startsWith("\"Blob\"=hex:")) {
                values.put(key, HexFormat.ofDelimiter(",").parseHex(line.substring("\"Blob\"=hex:".length())));
            }
        }
        return values;
    }
}
