package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CertificateFile.Format;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.OpenSsl;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateFilesTest {
    private static SmallCa root;
    private static KeyPair key;
    private static X509Certificate leaf;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeLeaf() throws Exception {
        root = SmallCa.root();
        key = SmallCa.KEYS.generate(KeySpec.P_256);
        leaf = root.leaf(key, builder -> {});
    }

    @Test
    void reads_der() throws Exception {
        CertificateFile file = CertificateFiles.parse("the file", leaf.getEncoded());
        assertThat(file.format()).isEqualTo(Format.DER);
        assertThat(file.certificates()).containsExactly(leaf);
        assertThat(file.key()).isEmpty();
    }

    @Test
    void reads_several_certificates_and_a_key_from_pem_with_words_around_them() throws Exception {
        String text = "Bag Attributes\n  friendlyName: wsus\n" + PemCodec.certificates(List.of(leaf, root.certificate))
                + "and the key:\n"
                + new String(PemCodec.privateKey(key.getPrivate()).open(byte[]::clone), StandardCharsets.US_ASCII);
        CertificateFile file = CertificateFiles.parse("the file", text.getBytes(StandardCharsets.US_ASCII));
        assertThat(file.format()).isEqualTo(Format.PEM);
        assertThat(file.certificates()).containsExactly(leaf, root.certificate);
        assertThat(file.key().orElseThrow().getEncoded())
                .isEqualTo(key.getPrivate().getEncoded());
    }

    @Test
    void reads_what_windows_powershell_saved_as_utf_16_with_carriage_returns() throws Exception {
        byte[] text = ("\uFEFF" + PemCodec.certificate(leaf).replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_16LE);
        assertThat(CertificateFiles.parse("the file", text).certificates()).containsExactly(leaf);
    }

    @Test
    void reads_pkcs7_binary_and_as_ad_cs_labels_it() throws Exception {
        byte[] p7b = p7b(leaf, root.certificate);
        assertThat(CertificateFiles.parse("the file", p7b).certificates())
                .containsExactlyInAnyOrder(leaf, root.certificate);
        byte[] labelled = PemCodec.block("CERTIFICATE", p7b).getBytes(StandardCharsets.US_ASCII);
        CertificateFile file = CertificateFiles.parse("the file", labelled);
        assertThat(file.format()).isEqualTo(Format.PKCS7);
        assertThat(file.certificates()).containsExactlyInAnyOrder(leaf, root.certificate);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "P_384"})
    void reads_the_older_key_forms_that_openssl_writes(KeySpec spec) throws Exception {
        KeyPair pair = SmallCa.KEYS.generate(spec);
        OpenSsl openSsl = OpenSsl.in(folder)
                .write("k.pem", PemCodec.privateKey(pair.getPrivate()).open(byte[]::clone));
        openSsl.run("pkey", "-in", "k.pem", "-traditional", "-out", "old.pem");
        String text = Files.readString(folder.resolve("old.pem")) + PemCodec.certificate(leaf);
        assertThat(text).contains(spec == KeySpec.P_384 ? "BEGIN EC PRIVATE KEY" : "BEGIN RSA PRIVATE KEY");
        CertificateFile file = CertificateFiles.parse("the file", text.getBytes(StandardCharsets.US_ASCII));
        assertThat(Keys.belongTogether(file.key().orElseThrow(), pair.getPublic()))
                .isTrue();
    }

    @Test
    void says_that_a_file_is_not_there() {
        assertRefusal(
                refusalOf(folder.resolve("none.pem")),
                "FILE_ABSENT",
                "certificate file \"" + folder.resolve("none.pem") + "\": it is not there; check the path");
    }

    @Test
    void says_that_a_folder_is_no_file() {
        assertRefusal(
                refusalOf(folder),
                "FILE_ABSENT",
                "certificate file \"" + folder + "\": that is a folder, wanted a file");
    }

    @Test
    void says_that_a_file_is_too_large_without_reading_it_all() throws Exception {
        Path file = folder.resolve("large.pem");
        try (var channel = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(50L * 1024 * 1024).write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        assertRefusal(
                refusalOf(file),
                "NOT_A_CERTIFICATE",
                "certificate file \"" + file + "\": it is larger than 10 MB, wanted a certificate file");
    }

    @Test
    void says_that_a_file_is_empty() {
        assertRefusal(refusalOf(new byte[0]), "NOT_A_CERTIFICATE", "the file: it is empty, wanted a certificate");
    }

    @Test
    void recognises_a_web_page() {
        assertRefusal(
                refusalOf("\n <!DOCTYPE html><html>502</html>".getBytes(StandardCharsets.US_ASCII)),
                "NOT_A_CERTIFICATE",
                "the file: it is a web page or XML, no certificate; perhaps an error page was saved in place of the file");
    }

    @Test
    void says_that_other_content_is_no_certificate() {
        assertRefusal(
                refusalOf("hello".getBytes(StandardCharsets.US_ASCII)),
                "NOT_A_CERTIFICATE",
                "the file: it is no certificate; wanted PEM, DER, PKCS#7 (.p7b) or PKCS#12 (.pfx)");
    }

    @Test
    void says_how_much_of_a_truncated_certificate_is_there() throws Exception {
        byte[] der = leaf.getEncoded();
        assertRefusal(
                refusalOf(Arrays.copyOf(der, 100)),
                "MALFORMED",
                "the file: it is cut short, got 100 bytes of " + der.length + "; get the file once more");
    }

    @Test
    void counts_the_bytes_after_the_end() throws Exception {
        assertRefusal(
                refusalOf(Arrays.copyOf(leaf.getEncoded(), leaf.getEncoded().length + 3)),
                "MALFORMED",
                "the file: 3 bytes follow the end of the certificate; get the file once more");
    }

    @Test
    void says_that_pem_is_cut_short_or_damaged() {
        String pem = PemCodec.certificate(leaf);
        assertRefusal(
                refusalOf(pem.substring(0, pem.length() - 40).getBytes(StandardCharsets.US_ASCII)),
                "MALFORMED",
                "the file: a BEGIN CERTIFICATE line has no END line: it is cut short; get the file once more");
        assertRefusal(
                refusalOf(pem.replaceFirst("M", "!").getBytes(StandardCharsets.US_ASCII)),
                "MALFORMED",
                "the file: what stands under BEGIN CERTIFICATE is not base64; get the file once more");
    }

    @Test
    void names_requests_revocation_lists_and_keys_for_what_they_are() throws Exception {
        var request = new CsrBuilder(SmallCa.RANDOM).build(SubjectAlternativeNames.ofDns("a.test"), key);
        assertRefusal(
                refusalOf(request.der()), "NOT_A_CERTIFICATE", "the file: it is a certificate request, no certificate");
        assertRefusal(
                refusalOf(PemCodec.request(request).getBytes(StandardCharsets.US_ASCII)),
                "NOT_A_CERTIFICATE",
                "the file: it has no certificate, only \"CERTIFICATE REQUEST\"");
        assertRefusal(
                refusalOf(key.getPrivate().getEncoded()),
                "NOT_A_CERTIFICATE",
                "the file: it is a private key, no certificate");
    }

    @Test
    void ten_thousand_damaged_files_are_refused_or_read_but_nothing_else_happens() throws Exception {
        long seed = 20261122L;
        Random random = new Random(seed);
        List<byte[]> originals = List.of(
                leaf.getEncoded(),
                PemCodec.certificates(List.of(leaf, root.certificate)).getBytes(StandardCharsets.US_ASCII),
                p7b(leaf, root.certificate));
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = damage(originals.get(i % originals.size()), random);
            try {
                CertificateFile file = CertificateFiles.parse("the file", damaged);
                for (X509Certificate certificate : file.certificates()) {
                    readOrRefuse(certificate);
                }
            } catch (LifecycleException refusal) {
                assertThat(refusal.getMessage()).startsWith("the file: ").doesNotContain("null");
                refused++;
            }
        }
        assertThat(refused).as("refused, seed " + seed).isGreaterThan(1_000);
    }

    @Test
    void deeply_nested_input_ends_in_a_sentence() {
        byte[] nested = new byte[100_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        assertThat(refusalOf(nested).code()).isEqualTo("MALFORMED");
    }

    private static void readOrRefuse(X509Certificate certificate) {
        try {
            CertificateReader.read(certificate);
        } catch (LifecycleException malformed) {
            assertThat(malformed).hasMessageStartingWith("certificate: ");
        }
    }

    private static byte[] damage(byte[] original, Random random) {
        byte[] damaged = original.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }

    private static byte[] p7b(X509Certificate... certificates) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCertificates(new JcaCertStore(List.of(certificates)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(generator.generate(new CMSProcessableByteArray(new byte[0])).getEncoded());
        return out.toByteArray();
    }

    private static LifecycleException refusalOf(byte[] content) {
        return catchThrowableOfType(LifecycleException.class, () -> CertificateFiles.parse("the file", content));
    }

    private static LifecycleException refusalOf(Path file) {
        return catchThrowableOfType(LifecycleException.class, () -> CertificateFiles.read(file));
    }

    private static void assertRefusal(LifecycleException refusal, String code, String message) {
        assertThat(refusal).hasMessage(message);
        assertThat(refusal.code()).isEqualTo(code);
    }
}
