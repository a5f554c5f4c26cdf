package io.certwright.probe.jsse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.certwright.certificate.KeySpec;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.StartTls;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTlsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Says each line after it has heard one from the caller, the first one at once. */
    private static TestServer talking(String... lines) {
        return TestServer.tcp(caller -> {
            BufferedReader heard = new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
            for (String line : lines) {
                caller.getOutputStream().write(line.getBytes(ISO_8859_1));
                caller.getOutputStream().flush();
                if (heard.readLine() == null) {
                    return;
                }
            }
        });
    }

    private static String refusal(TestServer server, StartTls protocol) {
        LifecycleException failure = (LifecycleException) catchThrowable(() -> new JsseTlsProbe(Duration.ofSeconds(5))
                .look(Endpoint.of("127.0.0.1", server.port()).beginningWith(protocol)));
        assertThat(failure.code()).isEqualTo("STARTTLS_REFUSED");
        return failure.getMessage().replaceFirst(".*?\\): ", "");
    }

    @Test
    void begins_tls_in_the_words_of_each_protocol() throws Exception {
        Map<StartTls, List<byte[]>> answers = Map.of(
                StartTls.SMTP,
                List.of(
                        "220-mail\r\n220 ready\r\n".getBytes(US_ASCII),
                        "250-mail\r\n250-PIPELINING\r\n250 STARTTLS\r\n".getBytes(US_ASCII),
                        "220 go ahead\r\n".getBytes(US_ASCII)),
                StartTls.LDAP,
                List.of(new byte[] {0x30, 0x0C, 2, 1, 1, 0x78, 7, 0x0A, 1, 0, 4, 0, 4, 0}),
                StartTls.POSTGRES,
                List.of(new byte[] {'S'}));
        KeyPair key = TestKeys.shared(KeySpec.P_256);
        X509Certificate certificate =
                TestCa.root("CN=Root", NOW).leaf("localhost").key(key).certificate();
        for (Map.Entry<StartTls, List<byte[]>> each : answers.entrySet()) {
            try (TestServer tls = TestServer.tls(key, List.of(certificate), settings -> {});
                    TestServer server = StartTlsServer.before(tls.port(), each.getKey(), each.getValue())) {
                PresentedCertificate shown = new JsseTlsProbe(Duration.ofSeconds(10))
                        .look(Endpoint.of("127.0.0.1", server.port()).beginningWith(each.getKey()));

                assertThat(shown.chain().leaf()).as(each.getKey().toString()).isEqualTo(certificate);
            }
        }
    }

    @Test
    void says_what_a_server_answered_that_does_not_begin_tls() {
        try (TestServer web = talking("HTTP/1.1 400 Bad Request\r\n");
                TestServer mail = talking("220 mail\r\n", "250 mail\r\n", "502 what?\r\n");
                TestServer directory = talking("0\u000c\u0002\u0001\u0001x\u0007\n\u00014\u0004\u0000\u0004\u0000");
                TestServer database = talking("N")) {
            assertThat(refusal(web, StartTls.SMTP))
                    .isEqualTo(
                            "to greeting got \"HTTP/1.1 400 Bad Request\", wanted an SMTP reply 220; check that this is a"
                                    + " mail server and that it offers STARTTLS");
            assertThat(refusal(mail, StartTls.SMTP))
                    .startsWith("to STARTTLS got \"502 what?\", wanted an SMTP reply 220");
            assertThat(refusal(directory, StartTls.LDAP))
                    .isEqualTo(
                            "got the LDAP result 52, wanted success; check that this is a directory server and that it"
                                    + " has a certificate");
            assertThat(refusal(database, StartTls.POSTGRES))
                    .isEqualTo("got no to the request for TLS, wanted S; switch ssl on in postgresql.conf");
        }
    }
}
