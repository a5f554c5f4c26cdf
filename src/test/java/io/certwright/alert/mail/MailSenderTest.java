package io.certwright.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSender;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Digest;
import io.certwright.alert.Recipient;
import io.certwright.config.SecretText;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestServer;
import io.certwright.testing.TestSmtpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail handed to real servers on loopback, well-behaved and other ones. */
final class MailSenderTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Recipient ANNA = new Recipient("anna@contoso.com");
    private static final Recipient FROM = new Recipient("pki@contoso.com");
    private static final UUID ID = new UUID(7, 8);
    private static final MailLimits SHORT = new MailLimits(
            Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofMillis(1_500));

    /** TLS looks at the real clock. */
    private static TestCa ca;

    private static TestCertificate here;

    private TestSmtpServer server;

    @BeforeAll
    static void certify() {
        ca = TestCa.root("CN=Mail CA", Instant.now());
        here = ca.leaf("localhost").ips("127.0.0.1");
    }

    @BeforeEach
    void open() {
        server = TestSmtpServer.startTls(here.issue(), here.keyPair().getPrivate());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void hands_in_one_mail_with_html_and_text_over_starttls() throws Exception {
        sender("smtp://localhost:" + server.port()).send(digest(alert("wsus01")));

        TestSmtpServer.Mail mail = server.mails().get(0);
        assertThat(mail.overTls()).isTrue();
        assertThat(mail.from()).startsWith("MAIL FROM:<pki@contoso.com>");
        assertThat(mail.to()).isEqualTo("anna@contoso.com");
        MimeMessage message = parse(mail);
        assertThat(message.getSubject()).isEqualTo("wsus01: certificate expires in 7 days");
        assertThat(message.getHeader("From")).containsExactly("Certwright <pki@contoso.com>");
        assertThat(message.getHeader("To")).containsExactly("anna@contoso.com");
        assertThat(message.getHeader("Message-ID")).containsExactly("<" + ID + "@contoso.com>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("Date")).containsExactly("Tue, 1 Dec 2026 12:00:00 +0000 (UTC)");
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(part(message, 0)).contains("What happened\nIt ends.").contains("    certwright renew wsus01");
        assertThat(part(message, 1)).startsWith("<!DOCTYPE html>").contains(">certwright renew wsus01</pre>");
    }

    @Test
    void speaks_tls_from_the_first_byte() throws LifecycleException {
        replaceBy(TestSmtpServer.implicitTls(here.issue(), here.keyPair().getPrivate()));

        sender("smtps://127.0.0.1:" + server.port()).send(digest(alert("wsus01")));

        assertThat(server.mails()).extracting(TestSmtpServer.Mail::overTls).containsExactly(true);
    }

    @Test
    void sends_the_same_digest_under_the_same_message_id() throws Exception {
        MailSender sender = sender("smtp://localhost:" + server.port());

        sender.send(digest(alert("wsus01")));
        sender.send(digest(alert("wsus01")));

        assertThat(parse(server.mails().get(0)).getMessageID())
                .isEqualTo(parse(server.mails().get(1)).getMessageID());
    }

    @Test
    void logs_in() throws LifecycleException {
        server.wantsLogin("pki", "sésame");

        sender("smtp://localhost:" + server.port(), "sésame").send(digest(alert("wsus01")));

        assertThat(server.mails()).extracting(TestSmtpServer.Mail::user).containsExactly("pki");
    }

    @Test
    void says_that_the_password_is_wrong_without_showing_it() {
        server.wantsLogin("pki", "sesame");

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port(), "hunter2"));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure.code()).isEqualTo("MAIL_LOGIN_REFUSED");
        assertThat(failure)
                .hasMessage("mail server localhost:" + server.port()
                        + " refuses the login of \"pki\": \"535 5.7.8 wrong user or password\";"
                        + " correct alerts.mail.user and alerts.mail.password");
        assertThat(stackTrace(failure)).doesNotContain("hunter2");
    }

    @Test
    void logs_in_with_the_token_of_a_file(@TempDir Path folder) throws Exception {
        server.wantsToken("pki@contoso.com", "ya29.a0-_~+/=");
        Path file = Files.writeString(folder.resolve("token"), "ya29.a0-_~+/=\nexpires later\n");

        tokenSender(new LoginSecret.TokenFile(file)).send(digest(alert("wsus01")));

        assertThat(server.mails()).extracting(TestSmtpServer.Mail::user).containsExactly("pki@contoso.com");
    }

    @Test
    void logs_in_with_the_token_that_a_command_prints_and_asks_it_once_for_many_mails(@TempDir Path folder)
            throws Exception {
        server.wantsToken("pki@contoso.com", "t0ken");
        Path script = script(folder, "echo asked >>" + folder.resolve("asked") + "; echo t0ken");
        MailSender sender = tokenSender(new LoginSecret.TokenCommand(List.of("/bin/sh", script.toString())));

        sender.send(digest(alert("wsus01")));
        sender.send(digest(alert("wsus01")));

        assertThat(server.mails()).hasSize(2);
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
    }

    @Test
    void asks_the_command_again_when_its_token_was_refused_and_shows_none(@TempDir Path folder) throws Exception {
        server.wantsToken("pki@contoso.com", "fresh");
        Path script = script(folder, "cat " + folder.resolve("token"));
        Files.writeString(folder.resolve("token"), "hunter2");
        MailSender sender = tokenSender(new LoginSecret.TokenCommand(List.of("/bin/sh", script.toString())));

        LifecycleException failure = failure(sender);
        Files.writeString(folder.resolve("token"), "fresh");
        sender.send(digest(alert("wsus01")));

        assertThat(failure.code()).isEqualTo("MAIL_LOGIN_REFUSED");
        assertThat(failure).hasMessageEndingWith("; correct alerts.mail.user and alerts.mail.token-command");
        assertThat(stackTrace(failure)).doesNotContain("hunter2");
        assertThat(server.mails()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo not yours >&2; exit 3 | ended with 3, saying \"not yours\"; run it by hand as the account of Certwright",
                "true | gives no token: wanted printable ASCII without spaces on its first line, got nothing",
                "echo an error | gives no token: wanted printable ASCII without spaces on its first line, got something else",
                "sleep 60 | did not end within 1 s and was ended with all that it started, saying nothing; run it by hand as the account of Certwright"
            })
    void says_what_is_wrong_with_a_token_command(String commands, String sentence, @TempDir Path folder)
            throws Exception {
        Path script = script(folder, commands);

        LifecycleException failure =
                failure(tokenSender(new LoginSecret.TokenCommand(List.of("/bin/sh", script.toString()))));

        assertThat(failure.code()).isEqualTo("MAIL_TOKEN_UNAVAILABLE");
        assertThat(failure).hasMessage("mail: the token command \"/bin/sh\" " + sentence);
    }

    @Test
    void says_that_there_is_no_token_file_or_no_such_program() {
        assertThat(failure(tokenSender(new LoginSecret.TokenFile(Path.of("/nowhere/token")))))
                .hasMessage("mail: the token file /nowhere/token cannot be read:"
                        + " java.nio.file.NoSuchFileException: /nowhere/token;"
                        + " check that whoever writes it runs, and alerts.mail.token-file");
        assertThat(failure(tokenSender(new LoginSecret.TokenCommand(List.of("/nowhere/program")))))
                .hasMessage(
                        "mail: the token command \"/nowhere/program\" cannot be started, being absent or not allowed to run;"
                                + " run it by hand as the account of Certwright");
    }

    private static Path script(Path folder, String commands) throws IOException {
        return Files.writeString(folder.resolve("token.sh"), commands + "\n");
    }

    private MailSender tokenSender(LoginSecret secret) {
        return sender(
                "smtp://localhost:" + server.port(), Optional.of(new MailSettings.Login("pki@contoso.com", secret)));
    }

    @Test
    void says_that_a_login_is_wanted() {
        server.wantsLogin("pki", "sesame");

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure)
                .hasMessage("mail server localhost:" + server.port()
                        + " wants a login: \"530 5.7.0 authentication required\";"
                        + " set alerts.mail.user and alerts.mail.password");
    }

    @Test
    void sends_nothing_in_clear_text_when_no_starttls_is_offered() {
        server.offersNoStartTls();

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessage("mail server localhost:" + server.port()
                        + " offers no STARTTLS, wanted an encrypted connection; correct the server, or use"
                        + " ?starttls=optional if mail may go there in clear text");
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"optional, true", "off, false"})
    void encrypts_as_the_settings_say(String starttls, boolean encrypted) throws LifecycleException {
        sender("smtp://localhost:" + server.port() + "?starttls=" + starttls).send(digest(alert("wsus01")));

        assertThat(server.mails()).extracting(TestSmtpServer.Mail::overTls).containsExactly(encrypted);
    }

    @Test
    void goes_in_clear_text_where_starttls_is_optional_and_not_offered() throws LifecycleException {
        server.offersNoStartTls();

        sender("smtp://localhost:" + server.port() + "?starttls=optional").send(digest(alert("wsus01")));

        assertThat(server.mails()).extracting(TestSmtpServer.Mail::overTls).containsExactly(false);
    }

    @ParameterizedTest
    @CsvSource({"smtp, false", "smtps, true"})
    void trusts_no_server_whose_certificate_names_another_one(String scheme, boolean implicit) {
        TestCertificate elsewhere = ca.leaf("mail.fabrikam.com");
        replaceBy(
                implicit
                        ? TestSmtpServer.implicitTls(
                                elsewhere.issue(), elsewhere.keyPair().getPrivate())
                        : TestSmtpServer.startTls(
                                elsewhere.issue(), elsewhere.keyPair().getPrivate()));

        LifecycleException failure = failure(sender(scheme + "://localhost:" + server.port()));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.code()).isEqualTo("MAIL_TLS_FAILED");
        assertThat(failure)
                .hasMessageStartingWith("mail server localhost:" + server.port()
                        + " offers no TLS connection that we can trust: \"No subject alternative DNS name")
                .hasMessageEndingWith(
                        "; its certificate must name localhost and come from a CA of the system or of trust-anchors");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void trusts_no_server_of_a_strange_ca() {
        TestCertificate strange = TestCa.root("CN=Strange CA", Instant.now()).leaf("localhost");
        replaceBy(TestSmtpServer.startTls(strange.issue(), strange.keyPair().getPrivate()));

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure.code()).isEqualTo("MAIL_TLS_FAILED");
        assertThat(failure).hasMessageContaining("unable to find valid certification path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT | 550 5.1.1 no such mailbox | REFUSED | MAIL_RECIPIENT_REFUSED"
                        + " | refuses mail to anna@contoso.com: \"550 5.1.1 no such mailbox\"",
                "RCPT | 450 4.2.0 greylisted | THROTTLED | MAIL_PUT_OFF"
                        + " | refuses mail to anna@contoso.com for now: \"450 4.2.0 greylisted\"",
                "MAIL | 550 5.7.1 not you | REFUSED | MAIL_SENDER_REFUSED"
                        + " | refuses mail from pki@contoso.com: \"550 5.7.1 not you\"",
                "DATA | 554 5.5.1 no | REFUSED | MAIL_REFUSED"
                        + " | refuses the mail to anna@contoso.com: \"554 5.5.1 no\"",
                "END | 554 5.7.0 looks like spam | REFUSED | MAIL_REFUSED"
                        + " | refuses the mail to anna@contoso.com: \"554 5.7.0 looks like spam\"",
                "END | 452 4.3.1 disk full | THROTTLED | MAIL_PUT_OFF"
                        + " | refuses the mail to anna@contoso.com for now: \"452 4.3.1 disk full\"",
                "GREETING | 421 too busy | THROTTLED | MAIL_PUT_OFF | answered \"421 too busy\" instead of a greeting",
                "GREETING | 554 5.7.1 banned | REFUSED | MAIL_REFUSED | answered \"554 5.7.1 banned\" instead of a greeting"
            })
    void tells_each_refusal_in_the_servers_own_words(
            String step, String reply, FailureKind kind, String code, String sentence) {
        server.answers(step, reply);

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure).hasMessage("mail server localhost:" + server.port() + " " + sentence);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GREETING", "EHLO", "STARTTLS", "MAIL", "RCPT", "DATA", "TEXT"})
    void a_server_that_hangs_up_is_out_of_reach(String step) {
        server.answers(step, TestSmtpServer.HANG_UP);

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageStartingWith("mail server localhost:" + server.port() + " broke the connection: ");
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"<hang up>", "<silence>", "<tarpit>"})
    void says_that_a_mail_may_have_arrived_whose_answer_is_lost(String reply) {
        server.answers("END", reply);

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure.code()).isEqualTo(AlertSender.ANSWER_LOST);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageEndingWith(
                        " after it had the whole mail; it may have taken it, so the same mail is sent again");
        assertThat(server.mails()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"GREETING", "EHLO", "RCPT"})
    void does_not_wait_longer_than_its_limit_for_a_silent_server(String step) {
        server.answers(step, TestSmtpServer.SILENCE);

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure.code()).isEqualTo("MAIL_UNREACHABLE");
        assertThat(failure)
                .hasMessage("mail server localhost:" + server.port()
                        + " does not answer within 2 s to connect or 400 ms to reply");
    }

    @ParameterizedTest
    @CsvSource({"GREETING", "EHLO", "RCPT"})
    void cuts_off_a_server_that_sends_a_byte_now_and_then(String step) {
        server.answers(step, TestSmtpServer.TARPIT);

        LifecycleException failure = failure(sender("smtp://localhost:" + server.port()));

        assertThat(failure.code()).isEqualTo("MAIL_UNREACHABLE");
        assertThat(failure)
                .hasMessage("mail server localhost:" + server.port() + " took longer than 1500 ms for one mail");
    }

    @Test
    void cuts_off_a_tls_server_that_never_shakes_hands() {
        try (TestServer silent = TestServer.tcp(caller -> Thread.sleep(60_000))) {
            LifecycleException failure = failure(sender("smtps://127.0.0.1:" + silent.port()));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure).hasMessageContaining(" does not answer within 2 s to connect or 400 ms to reply");
        }
    }

    @Test
    void says_that_nobody_listens() {
        int port = server.port();
        server.close();

        LifecycleException failure = failure(sender("smtp://127.0.0.1:" + port));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessage("mail server 127.0.0.1:" + port
                        + " takes no connection; check that it runs and that alerts.mail.smtp names its port");
    }

    @Test
    void says_that_a_name_has_no_address() {
        LifecycleException failure = failure(sender("smtp://no-such-host.invalid:25"));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessage("mail server no-such-host.invalid:25 has no address in DNS; check alerts.mail.smtp");
    }

    @Test
    void refuses_one_recipient_and_takes_the_other() throws LifecycleException {
        server.answers("RCPT TO:<anna@contoso.com>", "550 5.1.1 no such mailbox");
        MailSender sender = sender("smtp://localhost:" + server.port());

        assertThatThrownBy(() -> sender.send(digest(alert("wsus01")))).isInstanceOf(LifecycleException.class);
        sender.send(new Digest(ID, new Recipient("ben@contoso.com"), List.of(alert("wsus01"))));

        assertThat(server.mails()).extracting(TestSmtpServer.Mail::to).containsExactly("ben@contoso.com");
    }

    @Test
    void a_goodbye_that_fails_changes_nothing() throws LifecycleException {
        server.answers("QUIT", TestSmtpServer.HANG_UP);

        sender("smtp://localhost:" + server.port()).send(digest(alert("wsus01")));

        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void foreign_words_break_no_header_and_no_markup() throws Exception {
        Alert nasty = Alert.of(
                AlertKey.of("wsus01", AlertKind.DENIED, "r1"),
                "wsus01: CA says <script>alert(1)</script>\r\nBcc: all@contoso.com",
                "\"</div><img src=http://evil.example/x.png>\" & 'more'\r\n.\r\nQUIT",
                "",
                List.of("echo '<b>'"),
                NOON);

        sender("smtp://localhost:" + server.port()).send(digest(nasty));

        assertThat(server.mails()).hasSize(1);
        MimeMessage message = parse(server.mails().get(0));
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getSubject()).isEqualTo("wsus01: CA says <script>alert(1)</script> Bcc: all@contoso.com");
        assertThat(part(message, 1))
                .doesNotContain("<script", "<img", "<b>")
                .contains("&lt;img src=http://evil.example/x.png&gt;&quot; &amp; &#39;more&#39;<br>\n.<br>\nQUIT");
    }

    @Test
    void long_names_emoji_and_right_to_left_letters_survive() throws Exception {
        String name = "שרת-עדכונים 🔒 " + "very-long-name.".repeat(12) + "contoso.com: läuft ab";
        Alert alert = Alert.of(AlertKey.of("x", AlertKind.EXPIRY, "7d"), name, "مرحبا 🚨", "", List.of(), NOON);

        sender("smtp://localhost:" + server.port()).send(digest(alert));

        TestSmtpServer.Mail mail = server.mails().get(0);
        assertThat(mail.text().lines())
                .allMatch(line -> line.length() <= 998 && line.chars().allMatch(c -> c < 128));
        MimeMessage message = parse(mail);
        assertThat(message.getSubject()).isEqualTo(name);
        assertThat(part(message, 0)).contains(name, "مرحبا 🚨");
        assertThat(part(message, 1)).contains(name, "مرحبا 🚨");
    }

    @Test
    void fetches_nothing_from_elsewhere() throws Exception {
        sender("smtp://localhost:" + server.port()).send(digest(alert("wsus01")));

        assertThat(part(parse(server.mails().get(0)), 1))
                .doesNotContain("http:", "https:", "src=", "url(", "@import", "<link", "<script")
                .contains("prefers-color-scheme: dark");
    }

    @Test
    void ten_thousand_alerts_still_make_one_readable_mail() throws Exception {
        List<Alert> alerts =
                IntStream.range(0, 10_000).mapToObj(i -> alert("wsus" + i)).toList();

        sender("smtp://localhost:" + server.port()).send(new Digest(ID, ANNA, alerts));

        MimeMessage message = parse(server.mails().get(0));
        assertThat(message.getSubject()).isEqualTo("wsus0: certificate expires in 7 days (and 9999 more)");
        assertThat(part(message, 0)).contains("and 9560 more, which certwright alerts list shows");
        assertThat(server.mails().get(0).text()).hasSizeLessThan(400_000);
    }

    @Test
    void a_test_mail_says_where_it_went() throws Exception {
        String sentence = sender("smtp://localhost:" + server.port()).test(ANNA, new Random(1));

        assertThat(sentence)
                .isEqualTo("mail server localhost:" + server.port() + " took a test mail to anna@contoso.com");
        assertThat(parse(server.mails().get(0)).getSubject()).isEqualTo("Certwright can mail you");
        assertThat(part(parse(server.mails().get(0)), 0)).contains("at Tue 1 Dec 2026, 13:00 CET.");
    }

    private void replaceBy(TestSmtpServer other) {
        server.close();
        server = other;
    }

    private static MailSender sender(String url) {
        return sender(url, "");
    }

    private static MailSender sender(String url, String password) {
        Optional<MailSettings.Login> login = password.isEmpty()
                ? Optional.empty()
                : Optional.of(new MailSettings.Login("pki", SecretText.of(password)));
        return sender(url, login);
    }

    private static MailSender sender(String url, Optional<MailSettings.Login> login) {
        try {
            return new MailSender(
                    new MailSettings(MailServer.parse(url), FROM, login),
                    SHORT,
                    ChannelTrust.systemAnd(List.of(ca.anchor())).getSocketFactory(),
                    ZoneId.of("Europe/Berlin"),
                    new MovableClock(NOON));
        } catch (LifecycleException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static LifecycleException failure(MailSender sender) {
        return catchThrowableOfType(LifecycleException.class, () -> sender.send(digest(alert("wsus01"))));
    }

    private static Digest digest(Alert alert) {
        return new Digest(ID, ANNA, List.of(alert));
    }

    private static Alert alert(String subject) {
        return Alert.of(
                AlertKey.of(subject, AlertKind.EXPIRY, "7d"),
                subject + ": certificate expires in 7 days",
                "It ends.",
                "Clients refuse.",
                List.of("certwright renew " + subject),
                NOON);
    }

    private static MimeMessage parse(TestSmtpServer.Mail mail) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.text().getBytes(StandardCharsets.UTF_8)));
    }

    private static String part(MimeMessage message, int index) throws MessagingException, IOException {
        MimeMultipart parts = (MimeMultipart) message.getContent();
        return parts.getBodyPart(index).getContent().toString().replace("\r\n", "\n");
    }

    private static String stackTrace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable next = failure; next != null; next = next.getCause()) {
            text.append(next).append('\n');
        }
        return text.toString();
    }
}
