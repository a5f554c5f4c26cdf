package io.certwright.binding.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.probe.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesSettingsTest {
    private final Faults faults = new Faults();

    private Optional<FilesSettings> read(String yaml) {
        SettingsFile file = new SettingsFile(Path.of("/srv/config/c.yml"), Map.of());
        return file.parse(yaml, faults).flatMap(FilesSettings::read);
    }

    private List<String> sentences() {
        return faults.list().stream().map(Fault::toString).toList();
    }

    @Test
    void reads_all_of_it() {
        FilesSettings settings =
                read("""
                type: files
                host: local
                fullchain: /etc/nginx/tls/wsus.pem
                key: /etc/nginx/tls/wsus.key
                pfx: /etc/other/wsus.pfx
                password: secret
                pfx-encryption: triple-des
                key-mode: "640"
                reload: [systemctl, reload, nginx]
                reload-limit: 10s
                probe: ["127.0.0.1:443"]
                """).orElseThrow(() -> new AssertionError(sentences().toString()));

        assertThat(settings.targets())
                .containsOnlyKeys(FilePart.FULLCHAIN, FilePart.KEY, FilePart.PFX)
                .containsEntry(FilePart.KEY, Path.of("/etc/nginx/tls/wsus.key"));
        assertThat(settings.keyMode()).isEqualTo(0640);
        assertThat(settings.reload()).containsExactly("systemctl", "reload", "nginx");
        assertThat(settings.reloadLimit()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.probe()).containsExactly(Endpoint.parse("127.0.0.1:443"));
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(FilesBinding.nameOf(settings)).hasToString("files:/etc/nginx/tls/wsus.pem");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key: /a                              | got no file for the certificate, wanted one of cert, fullchain and pfx
            {cert: /a, key: /a}                  | got one path for two files, wanted a path of its own for each
            pfx: /a                              | got a pfx alone, wanted pfx and password together
            {cert: /a, password: x}              | got a password alone, wanted pfx and password together
            {cert: /a, key-mode: "644"}          | got 644, wanted three octal digits such as 640, and nothing for everybody
            {cert: /a, reload-limit: 1h}         | got a reload-limit of 3600 s, wanted 1 s to 240 s: a host is held no longer than that
            {cert: /a, probe: [nowhere]}         | endpoint: got "nowhere", wanted host:port such as wsus.contoso.com:8531, or [address]:port for IPv6
            {cert: /a, relaod: [x]}              | unknown key
            """)
    void refuses_what_cannot_work(String yaml, String sentence) {
        assertThat(read(yaml)).isEmpty();
        assertThat(sentences()).singleElement().asString().contains(sentence);
    }
}
