package io.certwright.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.Digest;
import io.certwright.alert.Recipient;
import io.certwright.alert.TimeWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Mails as people see them, left in {@code target/mail-sample} for {@code .ci/pictures}, and what holds for each of them: readable
 * without a style sheet, nothing fetched from elsewhere, no foreign word as markup.
 */
final class MailSampleTest {
    private static final Path FOLDER = Path.of("target/mail-sample");
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final TimeWords BERLIN = new TimeWords(ZoneId.of("Europe/Berlin"));
    private static final String LONG_NAME =
            "wsus-" + "very-long-label-".repeat(3) + "." + "department.".repeat(8) + "contoso.com";

    private record Sample(String name, List<Alert> alerts) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("one", List.of(lacking())),
            new Sample("digest", List.of(lacking(), rolledBack(), restoreFailed(), published(), recovered())),
            new Sample("names", List.of(longName(), emoji(), rightToLeft(), markup())),
            new Sample("thousands", thousands()));

    @TestFactory
    Stream<DynamicTest> each_mail_can_be_read_anywhere() {
        return SAMPLES.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    Digest digest =
                            new Digest(new UUID(1, 2), new Recipient("anna@contoso.com"), sample.alerts()).in(BERLIN);
                    DigestView view = DigestView.of(digest);
                    String html = new HtmlMail(BERLIN).render(view);
                    String text = new TextMail(BERLIN).render(view);
                    write(sample.name() + ".html", html);
                    write(sample.name() + ".txt", text);

                    requireNothingRemote(html);
                    assertThat(html.length())
                            .as("programs cut mails at about 100 KB")
                            .isLessThan(100_000);
                    for (Alert alert : view.inFull()) {
                        assertThat(html).contains(Escape.html(alert.sentence()));
                        assertThat(text).contains(alert.sentence());
                        alert.commands()
                                .forEach(command -> assertThat(html).contains(">" + Escape.html(command) + "</pre>"));
                        alert.commands().forEach(command -> assertThat(text).contains("    " + command));
                    }
                }));
    }

    private static void requireNothingRemote(String html) {
        String lower = html.toLowerCase(Locale.ROOT);
        assertThat(lower).doesNotContain("<img", "<link", "<script", "<iframe", "<a ", "url(", "@import");
        assertThat(lower).doesNotContainPattern("<[^>]*(src|href)=");
        assertThat(lower)
                .contains(
                        "name=\"viewport\"",
                        "name=\"color-scheme\" content=\"light dark\"",
                        "prefers-color-scheme: dark");
    }

    private static void write(String name, String content) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name), content);
    }

    private static Alert lacking() {
        return Alert.of(
                AlertKey.of("wsus01", AlertKind.EXPIRY, "7d"),
                "wsus01: clients still lack the new pin, 6 days left",
                """
                The certificate 3F2A9C1B77D0E4A5B6C7D8E9F00112233445566A is valid until Mon 7 Dec 2026, 12:00 CET.
                Its renewal: waiting: clients of wsus-clients have the new trust from 2026-12-05T12:00:00Z on.
                You get this mail because less than 7d of its time is left.""",
                "From then on clients refuse to connect. Certwright goes on with its renewal by itself; the first command below says"
                        + " what it waits for.",
                List.of("certwright why wsus01", "certwright trust confirm wsus-clients", "certwright alerts ack 4711"),
                NOON);
    }

    private static Alert rolledBack() {
        return Alert.of(
                AlertKey.of("wsus02", AlertKind.ROLLED_BACK, "r1"),
                "wsus02: rolled back to the previous certificate",
                "wsus02.contoso.com:8531 showed 11AA22BB after the change, wanted 33CC44DD.",
                "The previous certificate serves again, proven by a handshake. The new one is kept and not bound again by itself.",
                List.of("certwright show wsus02", "certwright bind wsus02", "certwright alerts ack 4712"),
                NOON);
    }

    private static Alert restoreFailed() {
        return Alert.of(
                AlertKey.of("portal", AlertKind.RESTORE_FAILED, "r1"),
                "portal: act now, the new certificate is not proven and the previous one is not restored",
                "portal.contoso.com:443 does not answer: connection refused.",
                "Nothing more is changed by itself.",
                List.of("certwright show portal", "certwright probe portal.contoso.com:443"),
                NOON);
    }

    private static Alert published() {
        return Alert.of(
                AlertKey.of("clients wsus-clients", AlertKind.TRUST_PUBLISHED, "added"),
                "clients wsus-clients: new trust package, import it by 2026-12-15T12:00:00Z",
                "New in it:\n- the pin 3F2A9C1B of wsus01\nThe package lies in \\\\files.contoso.com\\trust\\wsus-clients and, from the"
                        + " service, at /trust/wsus-clients/.\nSHA-256 of its manifest.json, which names every other file with its"
                        + " hash:\n2E74F612D88D972972666AC8A93BD2666A903321E8F7AD8D2B9279F0F98D49DE",
                "Servers on which these clients depend wait with what needs it until 2026-12-15T12:00:00Z and then go on by"
                        + " themselves.",
                List.of("certwright trust status wsus-clients"),
                NOON);
    }

    private static Alert recovered() {
        return Alert.of(
                AlertKey.of("intranet.contoso.com:443", AlertKind.RECOVERED, "x"),
                "intranet.contoso.com:443: has a new certificate, valid until Sat 5 Dec 2027",
                "Earlier we told you: intranet.contoso.com:443: certificate expires in 6 days.\nThis is over.",
                "You hear of it again only when it needs you.",
                List.of(),
                NOON);
    }

    private static Alert longName() {
        return Alert.of(
                AlertKey.of("long", AlertKind.DENIED, "r1"),
                LONG_NAME + ": the CA denied the request: Denied by Policy Module 0x80094800",
                "corp-ca said: " + "0x80094800-CERTSRV_E_UNSUPPORTED_CERT_TYPE-".repeat(8),
                "Nothing is tried again until the settings change or you say so.",
                List.of("certwright renew " + LONG_NAME + " --force"),
                NOON);
    }

    private static Alert emoji() {
        return Alert.of(
                AlertKey.of("emoji", AlertKind.WATCHED_CHANGED, "changed"),
                "🔒 shop.contoso.com:443 👩‍💻: shows a certificate from another issuer, \"CN=Ünïcödé 测试 🏴󠁧󠁢󠁳󠁣󠁴󠁿\"",
                "Before: 🔐. Now: 🗝️.",
                "Certwright only watches it.",
                List.of(),
                NOON);
    }

    private static Alert rightToLeft() {
        return Alert.of(
                AlertKey.of("rtl", AlertKind.EXPIRY, "3d"),
                "שרת-העדכונים של המשרד: certificate expires in 3 days",
                "خادم التحديثات في المكتب الرئيسي ينتهي قريبا.",
                "From then on clients refuse to connect.",
                List.of("certwright list"),
                NOON);
    }

    private static Alert markup() {
        return Alert.of(
                AlertKey.of("markup", AlertKind.DENIED, "r2"),
                "evil: the CA denied the request: <img src=http://evil.example/x.png> <script>alert(1)</script>",
                "\"</div></body>\" & 'more' <a href=http://evil.example>click</a>",
                "Nothing is tried again.",
                List.of("echo '<b>' && true"),
                NOON);
    }

    private static List<Alert> thousands() {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> Alert.of(
                        AlertKey.of("web" + i, AlertKind.EXPIRY, "7d"),
                        "web" + i + ": certificate expires in 6 days, on Mon 7 Dec 2026, 12:00 CET",
                        "The certificate is valid until Mon 7 Dec 2026.",
                        "From then on clients refuse to connect.",
                        List.of("certwright why web" + i),
                        NOON.plus(Duration.ofSeconds(i))))
                .toList();
    }
}
