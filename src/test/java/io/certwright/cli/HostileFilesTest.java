package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.crypto.PemCodec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people who mean ill, or broken programs, hand to {@code check}: one sentence, the right exit code, in time. */
@Timeout(30)
class HostileFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestCa ROOT = TestCa.root("CN=Test Root", NOW);
    private static final byte[] GOOD = ROOT.leaf("wsus.contoso.com").der();

    @TempDir
    private Path folder;

    private Run check(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("target"), content);
        FakeSurroundings world = new FakeSurroundings(NOW, List.of(ROOT.certificate()), List.of());
        return Run.of(new FakeHouse(world), "check", "--offline", file.toString());
    }

    private static byte[] changed(Function<byte[], byte[]> change) {
        return change.apply(GOOD.clone());
    }

    private static byte[] with(byte[] der, int at, int value) {
        der[at] = (byte) value;
        return der;
    }

    static List<Arguments> broken() {
        return List.of(
                Arguments.of("a length beyond the end", changed(der -> with(der, 2, 0x7F))),
                Arguments.of("a length of four octets", new byte[] {0x30, (byte) 0x84, 0x7F, -1, -1, -1, 0, 0}),
                Arguments.of("a length of nine octets", new byte[] {0x30, (byte) 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1}),
                Arguments.of("an indefinite length without an end", new byte[] {0x30, (byte) 0x80, 0x30, (byte) 0x80}),
                Arguments.of("bytes behind its end", Arrays.copyOf(GOOD, GOOD.length + 3)),
                Arguments.of("a torn end", Arrays.copyOf(GOOD, GOOD.length - 1)),
                Arguments.of("nesting without end", nested(20_000)),
                Arguments.of("a PFX of nothing", new byte[] {0x30, 5, 2, 1, 3, 0x30, 0}),
                Arguments.of("a PKCS#7 of nothing", new byte[] {
                    0x30, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 7, 2, 0x30, 0
                }));
    }

    private static byte[] nested(int depth) {
        byte[] deep = new byte[depth * 2];
        for (int i = 0; i < depth; i++) {
            deep[2 * i] = 0x30;
            deep[2 * i + 1] = (byte) 0x80;
        }
        return deep;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void refuses_what_does_not_parse(String name, byte[] content) throws IOException {
        Run run = check(content);

        assertThat(run.exit()).as(name).isEqualTo(3);
        assertThat(run.out().lines()).hasSize(1).first().asString().contains(": MALFORMED: ");
        assertThat(run.err()).isEmpty();
    }

    static List<Arguments> odd() {
        return List.of(
                Arguments.of(
                        "a negative serial", 0, ROOT.leaf("wsus.contoso.com").serial(BigInteger.valueOf(-5))),
                Arguments.of(
                        "a serial of zero", 0, ROOT.leaf("wsus.contoso.com").serial(BigInteger.ZERO)),
                Arguments.of(
                        "years 1949 and 9999",
                        0,
                        ROOT.leaf("wsus.contoso.com")
                                .valid(Instant.parse("1949-12-31T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"))),
                Arguments.of("a NUL in a name", 3, ROOT.leaf("wsus.contoso.com\0.evil.test")),
                Arguments.of("a homograph", 3, ROOT.leaf("wsus.c\u043Entoso.com")),
                Arguments.of(
                        "an address of three octets",
                        3,
                        ROOT.leaf("wsus.contoso.com")
                                .name(new GeneralName(
                                        GeneralName.iPAddress,
                                        new org.bouncycastle.asn1.DEROctetString(new byte[3])))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void judges_what_parses_without_a_stumble(String name, int exit, TestCertificate draft) throws IOException {
        Run run = check(draft.der());

        assertThat(run.exit()).as(name).isEqualTo(exit);
        assertThat(run.out())
                .as(name)
                .doesNotContain("Unexpected")
                .doesNotContain("\0")
                .doesNotContain("\tat ");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(2_500));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shows_a_name_of_60_kilobytes_at_a_bearable_length() throws IOException {
        Run run = check(ROOT.leaf("wsus.contoso.com", "x".repeat(60_000) + ".contoso.com")
                .der());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(2_500));
    }

    @Test
    void shows_an_empty_subject_as_one() throws IOException {
        Run run = check(ROOT.leaf("wsus.contoso.com").subject("").der());

        assertThat(run.out()).contains("(no subject)");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void refuses_a_file_beyond_all_measure() throws IOException {
        Run run = check(new byte[50 * 1024 * 1024]);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("NOT_A_CERTIFICATE").contains("larger than 10 MB");
    }

    @Test
    void refuses_a_thousand_and_one_certificates() throws IOException {
        String one = PemCodec.certificate(ROOT.certificate());

        Run run = check(one.repeat(1_001).getBytes(StandardCharsets.US_ASCII));

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("it has more than 1000 certificates");
    }

    @Test
    void judges_the_first_two_hundred_of_many_and_says_how_many_it_left_out() throws IOException {
        List<X509Certificate> many = new ArrayList<>();
        for (int i = 0; i < 203; i++) {
            many.add(ROOT.leaf("host" + i + ".contoso.com").certificate());
        }

        Run run = check(PemCodec.certificates(many).getBytes(StandardCharsets.US_ASCII));

        assertThat(run.out().lines().filter(line -> line.endsWith("/target: accepted")))
                .hasSize(200);
        assertThat(run.out()).contains("it holds 3 server certificates beyond the first 200, which were not judged");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void bounds_the_work_for_many_issuers_of_one_name() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            X509Certificate look = TestCa.root("CN=Same", NOW.minus(Duration.ofDays(i)))
                    .intermediateDraft("CN=Same 2")
                    .certificate();
            all.writeBytes(PemCodec.certificate(look).getBytes(StandardCharsets.US_ASCII));
        }
        TestCa last = TestCa.root("CN=Same", NOW).intermediate("CN=Same 2");
        all.writeBytes(
                PemCodec.certificate(last.leaf("a.contoso.com").certificate()).getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(
                PemCodec.certificate(last.leaf("b.contoso.com").certificate()).getBytes(StandardCharsets.US_ASCII));

        Run run = check(all.toByteArray());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).isEmpty();
    }
}
