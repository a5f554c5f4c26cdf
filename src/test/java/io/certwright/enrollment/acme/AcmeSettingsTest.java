package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.Faults;
import io.certwright.config.SecretText;
import io.certwright.config.SettingsFile;
import io.certwright.http.HttpAccess;
import io.certwright.probe.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcmeSettingsTest {
    private static final String KEY = "c2VjcmV0IG9mIHRoZSB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE";

    private final Faults faults = new Faults();

    @Test
    void reads_every_key() {
        assertThat(read("""
                directory: "https://acme.contoso.com/directory"
                accept-terms: true
                contact: [pki@contoso.com]
                external-account: { id: kid-1, key: %1$s }
                profile: shortlived
                preferred-chain: ISRG Root X1
                anchors: [/etc/roots.pem]
                tls-trust: [/etc/tls.pem]
                proxy: "http://proxy.contoso.com:3128"
                http-01: { listen: "0.0.0.0:80" }
                dns-01: { server: "10.0.0.53:53", tsig: { name: certwright-key, key: %1$s= }, settle: 5s }
                """.formatted(KEY)))
                .contains(new AcmeSettings(
                        URI.create("https://acme.contoso.com/directory"),
                        new HttpAccess(
                                List.of(Path.of("/etc/tls.pem")),
                                Optional.of(URI.create("http://proxy.contoso.com:3128"))),
                        List.of("pki@contoso.com"),
                        true,
                        Optional.of(new ExternalAccount("kid-1", SecretText.of(KEY))),
                        Optional.of("shortlived"),
                        Optional.of("ISRG Root X1"),
                        List.of(Path.of("/etc/roots.pem")),
                        Optional.of(Http01Settings.listening(Endpoint.of("0.0.0.0", 80))),
                        Optional.of(new Dns01Settings(
                                Optional.of(Endpoint.of("10.0.0.53", 53)),
                                Optional.of(new Dns01Settings.Tsig(
                                        "certwright-key", "hmac-sha256", SecretText.of(KEY + "="))),
                                Optional.empty(),
                                List.of(),
                                Duration.ofSeconds(5)))));
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void reads_a_folder_of_a_windows_host() {
        assertThat(read("directory: https://acme.test/dir\nhttp-01: { host: wsus01, web-root: 'C:\\inetpub\\wwwroot' }")
                        .flatMap(AcmeSettings::http01))
                .contains(Http01Settings.onHost("wsus01", "C:\\inetpub\\wwwroot"));
        assertThat(faults.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "directory: http://acme.test/dir | directory: got \"http://acme.test/dir\", wanted the https address of the CA's ACME directory",
                "directory: nowhere at all | directory: got \"nowhere at all\", wanted the https address",
                "proxy: proxy:3128 | got \"proxy:3128\", wanted a proxy as http://HOST:PORT, without user and password",
                "proxy: http://user:secret@proxy:3128 | wanted a proxy as http://HOST:PORT, without user and password",
                "contact: pki | got \"pki\", wanted a mail address such as pki@contoso.com",
                "external-account: {id: a, key: c2hvcnQ} | key: got 5 bytes, wanted at least 32 (HMAC with SHA-256)",
                "external-account: {id: a, key: not-base64!} | key: got something else than base64url, wanted the MAC key as the CA gave it",
                "http-01: {} | got neither listen nor web-root, wanted exactly one of them",
                "http-01: {listen: \"127.0.0.1:80\", web-root: /var/www} | got both listen and web-root, wanted exactly one of them",
                "http-01: {host: wsus01} | got neither listen nor web-root, wanted exactly one of them",
                "http-01: {host: wsus01, listen: \"127.0.0.1:80\"} | got host beside listen, wanted it beside web-root only",
                "http-01: {host: wsus01, web-root: 'C:\\web\\..\\Windows'} | http-01.web-root: got \"C:\\web\\..\\Windows\", wanted a folder on a drive of that host, of at most 100 characters, such as C:\\inetpub\\wwwroot",
                "http-01: {host: wsus01, web-root: /var/www} | http-01.web-root: got \"/var/www\", wanted a folder on a drive of that host",
                "dns-01: {} | got neither server nor hook, wanted exactly one of them",
                "dns-01: {hook: [a], zone: contoso.com} | got tsig or zone beside a hook, wanted them beside server only",
                "dns-01: {hook: [a], settle: 2m} | settle: got 120 s, wanted 0s to 60s",
                "dns-01: {server: \"a:53\", tsig: {name: k, algorithm: hmac-md5, key: YQ==}} | algorithm: got \"hmac-md5\", wanted hmac-sha224",
                "dns-01: {server: \"a:53\", tsig: {name: k, key: \"%\"}} | key: got something else than base64, wanted the key as the DNS server has it",
                "directry: https://acme.test | unknown key"
            })
    void says_what_is_wrong(String line, String sentence) {
        String directory = line.startsWith("directory:") ? "" : "directory: https://acme.test/dir\n";
        String proof = line.startsWith("http-01:") ? "" : "http-01: {listen: \"127.0.0.1:80\"}\n";
        assertThat(read(directory + proof + line)).isEmpty();
        assertThat(faults.list()).hasSize(1);
        assertThat(faults.list().get(0).toString()).contains(sentence).doesNotContain("not-base64");
    }

    @Test
    void names_must_be_proven_somehow() {
        assertThat(read("directory: https://acme.test/dir")).isEmpty();
        assertThat(faults.list())
                .singleElement()
                .asString()
                .contains("got no way to prove names to the CA, wanted http-01, dns-01 or both");
    }

    private Optional<AcmeSettings> read(String yaml) {
        return new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                .parse(yaml, faults)
                .flatMap(AcmeSettings::read);
    }
}
