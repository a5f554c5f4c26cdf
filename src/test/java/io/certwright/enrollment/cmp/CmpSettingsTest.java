package io.certwright.enrollment.cmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CmpSettingsTest {
    private final Faults faults = new Faults();

    private Optional<CmpSettings> read(String yaml) {
        return new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                .parse(yaml, faults)
                .flatMap(CmpSettings::read);
    }

    @Test
    void a_secret_and_anchors_are_enough() {
        CmpSettings settings = read("{url: http://ra.test/cmp, reference: us, secret: s3cret, anchors: [root.cer]}")
                .orElseThrow();
        assertThat(settings.manner())
                .isEqualTo(new Manner(
                        Manner.Message.IR, true, Manner.Confirmation.EXPLICIT, Optional.empty(), Optional.empty()));
        assertThat(settings.secret().orElseThrow().mac()).isEqualTo(SharedSecret.Mac.PBM);
        assertThat(settings.toString()).contains("***").doesNotContain("s3cret");
    }

    @Test
    void everything_can_be_said() {
        CmpSettings settings =
                read("{url: https://ra.test/cmp, signing-certificate: {file: us.pfx, password: p}, anchors: [a],"
                                + " signers: [b], message: p10cr, update: false, confirm: implicit, recipient: 'CN=CA,O=Contoso',"
                                + " profile: servers, proxy: 'http://proxy.test:3128', tls-trust: [c], client-certificate: {file: d}}")
                        .orElseThrow();
        assertThat(settings.manner())
                .isEqualTo(new Manner(
                        Manner.Message.P10CR,
                        false,
                        Manner.Confirmation.IMPLICIT,
                        Optional.of(new X500Principal("CN=CA,O=Contoso")),
                        Optional.of("servers")));
        assertThat(settings.signing().orElseThrow().file()).hasFileName("us.pfx");
        assertThat(settings.trust().signers()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{url: ldap://ca.test, reference: a, secret: b, anchors: [a]} | url: got \"ldap://ca.test\", wanted the server's whole address",
                "{url: http://ca.test, anchors: [a]} | got neither secret and signing-certificate, wanted one of them",
                "{url: http://ca.test, reference: a, secret: b, signing-certificate: {file: c}, anchors: [a]} | got both secret and",
                "{url: http://ca.test, reference: a, anchors: [a]} | secret: is missing, wanted the secret that belongs to reference",
                "{url: http://ca.test, secret: b, anchors: [a]} | reference: got nothing, wanted the name under which the CA",
                "{url: http://ca.test, reference: a, secret: b} | anchors: got none, wanted the file with the CA's root",
                "{url: http://ca.test, reference: a, secret: b, anchors: [a], message: revoke} | message: got \"revoke\", wanted one of",
                "{url: http://ca.test, reference: a, secret: b, anchors: [a], recipient: nobody} | recipient: got \"nobody\", wanted the CA's name",
                "{url: http://ca.test, reference: a, secret: b, anchors: [a], signer: c} | unknown key"
            })
    void says_what_is_wrong(String yaml, String sentence) {
        assertThat(read(yaml)).isEmpty();
        assertThat(faults.list()).singleElement().asString().contains(sentence);
    }
}
