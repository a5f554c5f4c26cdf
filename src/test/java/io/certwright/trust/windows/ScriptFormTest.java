package io.certwright.trust.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.certwright.certificate.Thumbprint;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.Pin;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.UpdateServer;
import io.certwright.trust.UpdateSource;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScriptFormTest {
    private static final Pattern HERE_STRING = Pattern.compile("\\$Payload = @'\n(.*?)\n'@\n", Pattern.DOTALL);

    private final TrustCertificates.Signer root = TrustCertificates.root("Contoso 'Root' $(evil) M\u00fcnchen");
    private final TrustCertificates.Signer issuing = root.issuingCa("Contoso Issuing CA");
    private final X509Certificate leaf = issuing.leaf("wsus01.contoso.com");
    private final X509Certificate signer = TrustCertificates.updateSigner("WSUS Publishers");
    private final TrustBundle bundle = new TrustBundle(
            new ClientGroup(
                    ClientGroupName.of("wsus-clients"),
                    true,
                    Duration.ofDays(14),
                    Duration.ofDays(30),
                    List.of(),
                    "out",
                    new UpdateSource(Optional.of(UpdateServer.parse("https://wsus.contoso.com:8531")), List.of(signer)),
                    Optional.empty()),
            List.of(root.certificate()),
            List.of(issuing.certificate()),
            List.of(new Pin(leaf, "wsus01")));

    private static Map<String, String> scripts(TrustBundle bundle) {
        Map<String, String> scripts = new LinkedHashMap<>();
        new ScriptForm()
                .files(bundle)
                .forEach(file -> scripts.put(file.name(), new String(file.content(), StandardCharsets.ISO_8859_1)));
        return scripts;
    }

    private static JsonNode payloadOf(String script) throws Exception {
        Matcher matcher = HERE_STRING.matcher(script);
        assertThat(matcher.find()).isTrue();
        return new ObjectMapper().readTree(Base64.getMimeDecoder().decode(matcher.group(1)));
    }

    private static List<String> placesIn(JsonNode json) {
        List<String> places = new ArrayList<>();
        json.get("certificates")
                .forEach(entry -> places.add(entry.get("audience").asText() + " "
                        + entry.get("store").asText() + " "
                        + entry.get("thumbprint").asText()));
        return places;
    }

    @Test
    void scripts_are_the_same_in_every_package_and_only_the_json_differs() {
        TrustBundle other =
                new TrustBundle(WindowsFormsTest.group(), List.of(root.certificate()), List.of(), List.of());
        Map<String, String> one = scripts(bundle);
        Map<String, String> two = scripts(other);

        assertThat(one.keySet()).isEqualTo(two.keySet());
        for (String name : List.of(
                "Import-Trust.ps1",
                "Remove-Trust.ps1",
                "New-TrustPolicy.ps1",
                "Test-Trust.ps1",
                "Test-UpdateClient.ps1")) {
            assertThat(one.get(name)).as(name).isEqualTo(two.get(name));
        }
        for (String name : List.of("intune-detect.ps1", "configmgr-detect.ps1", "remediate.ps1")) {
            assertThat(HERE_STRING.matcher(one.get(name)).replaceAll(""))
                    .as(name)
                    .isEqualTo(HERE_STRING.matcher(two.get(name)).replaceAll(""));
        }
    }

    @Test
    void nothing_but_base64_stands_in_the_here_string_of_a_single_file() {
        scripts(bundle).forEach((name, script) -> {
            Matcher matcher = HERE_STRING.matcher(script);
            if (matcher.find()) {
                assertThat(matcher.group(1)).as(name).matches("[A-Za-z0-9+/=\n]+");
                assertThat(matcher.find()).as(name).isFalse();
            }
        });
    }

    @Test
    void everything_is_ascii_since_windows_powershell_reads_files_in_the_code_page() {
        scripts(bundle)
                .forEach((name, script) -> assertThat(script.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)))
                        .as(name)
                        .isTrue());
    }

    @Test
    void each_certificate_goes_to_its_store_and_to_those_who_need_it() throws Exception {
        assertThat(placesIn(new ObjectMapper().readTree(scripts(bundle).get("trust.json"))))
                .containsExactly(
                        "connecting Root " + Thumbprint.of(root.certificate()),
                        "scanning Root " + Thumbprint.of(signer),
                        "connecting CA " + Thumbprint.of(issuing.certificate()),
                        "scanning WindowsServerUpdateServices " + Thumbprint.of(leaf),
                        "scanning TrustedPublisher " + Thumbprint.of(signer));
    }

    @Test
    void detection_carries_thumbprints_names_and_the_server_but_no_certificates() throws Exception {
        JsonNode payload = payloadOf(scripts(bundle).get("intune-detect.ps1"));

        assertThat(placesIn(payload)).hasSize(5);
        assertThat(payload.get("package").asText()).isEqualTo(bundle.digest().substring(0, 16));
        assertThat(payload.get("updateServer").get("url").asText()).isEqualTo("https://wsus.contoso.com:8531");
        assertThat(payload.get("certificates").get(3).get("names").get(0).asText())
                .isEqualTo("wsus01.contoso.com");
        assertThat(payload.get("certificates").get(3).has("der")).isFalse();
    }

    @Test
    void remediation_carries_each_certificate_whole() throws Exception {
        JsonNode pin = payloadOf(scripts(bundle).get("remediate.ps1"))
                .get("certificates")
                .get(3);

        assertThat(Vector.parse(Base64.getDecoder().decode(pin.get("der").asText())))
                .isEqualTo(leaf);
        assertThat(Base64.getDecoder().decode(pin.get("blob").asText())).isEqualTo(StoreElements.blob(leaf));
    }

    @Test
    void where_nothing_is_to_be_imported_only_the_checks_are_there() {
        assertThat(scripts(TrustBundle.empty(WindowsFormsTest.group())))
                .containsOnlyKeys(
                        "trust.json",
                        "Test-Trust.ps1",
                        "Test-UpdateClient.ps1",
                        "intune-detect.ps1",
                        "configmgr-detect.ps1");
    }
}
