package io.certwright.trust.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.Thumbprint;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.Pin;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.TrustCertificates.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeAndManifestTest {
    private static final ClientGroup GROUP = WindowsFormsTest.group();

    private final Signer root = TrustCertificates.root("Contoso Root CA");
    private final Signer issuing = root.issuingCa("Contoso Issuing CA");
    private final X509Certificate leaf = issuing.leaf("wsus01.contoso.com");
    private final TrustBundle bundle = new TrustBundle(
            GROUP, List.of(root.certificate()), List.of(issuing.certificate()), List.of(new Pin(leaf, "wsus01")));

    @Test
    void the_readme_says_for_each_store_how_to_import_check_and_undo() {
        String page = readme(bundle);

        assertThat(page)
                .contains("<h1>Trust for the clients of wsus-clients</h1>")
                .contains("<h2>For Trusted Root Certification Authorities</h2>")
                .contains("<h2>For Intermediate Certification Authorities</h2>")
                .contains("<h2>For WindowsServerUpdateServices (certificate pins of the Windows Update client)</h2>")
                .contains("wsus01.contoso.com<br>presented by wsus01")
                .contains("certutil -f -addstore Root root-contoso-root-ca-" + Thumbprint.of(root.certificate()))
                .contains("certutil -f -addstore CA intermediate-contoso-issuing-ca-"
                        + Thumbprint.of(issuing.certificate()))
                .contains("certutil -f -addstore WindowsServerUpdateServices pin-wsus01-contoso-com-"
                        + Thumbprint.of(leaf))
                .contains("certutil -store WindowsServerUpdateServices " + Thumbprint.of(leaf))
                .contains("certutil -delstore WindowsServerUpdateServices " + Thumbprint.of(leaf))
                .contains("import <em>all</em> pins or none")
                .contains("DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection /t REG_DWORD /d 1")
                .contains("a <strong>private CA</strong>")
                .contains("New-TrustPolicy.ps1 -Name &quot;Trust wsus-clients&quot; -LinkTo")
                .contains("certwright trust import wsus-clients FILE.csv");
    }

    @Test
    void the_readme_of_a_public_ca_says_that_nothing_is_to_be_imported() {
        assertThat(readme(TrustBundle.empty(GROUP)))
                .contains("<strong>Nothing is to be imported.</strong>")
                .doesNotContain("addstore")
                .doesNotContain("Import-Trust.ps1");
    }

    @Test
    void the_readme_for_clients_that_do_not_pin_speaks_of_no_pins() {
        ClientGroup trusting = new ClientGroup(
                GROUP.name(), false, GROUP.waitingTime(), GROUP.retireAfter(), List.of(), GROUP.publishTo());

        assertThat(readme(new TrustBundle(trusting, List.of(root.certificate()), List.of(), List.of())))
                .contains("their store <code>WindowsServerUpdateServices</code> must stay empty")
                .doesNotContain("DoNotEnforce");
    }

    @Test
    void the_readme_says_by_source_what_is_to_be_imported() {
        X509Certificate alone = TrustCertificates.selfSignedLeaf("wsus02.contoso.com");

        assertThat(readme(TrustBundle.ofPins(GROUP, List.of(new Pin(leaf, "wsus01")))))
                .contains("a <strong>public CA</strong>", "no root and no intermediate is to be imported")
                .contains("certutil -f -addstore WindowsServerUpdateServices");
        assertThat(readme(new TrustBundle(GROUP, List.of(alone), List.of(), List.of(new Pin(alone, "wsus02")))))
                .contains("a <strong>self-signed certificate</strong>")
                .doesNotContain("private CA");
    }

    @Test
    void the_readme_says_which_servers_could_not_be_asked() {
        String page = readme(bundle.remarking(List.of("wsus03:8531: <last seen>")));

        assertThat(page).contains("<p class=\"note\">wsus03:8531: &lt;last seen&gt;</p>");
    }

    @Test
    void foreign_text_cannot_break_out_of_the_readme() {
        X509Certificate odd = TrustCertificates.selfSignedLeaf("<script>alert('x')</script> M\u00fcnchen \u202egnp");

        String page = readme(TrustBundle.ofPins(GROUP, List.of(new Pin(odd, "<b>\"wsus\"&</b>"))));

        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<b>")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; M&#252;nchen \\u202egnp")
                .contains("&lt;b&gt;&quot;wsus&quot;&amp;&lt;/b&gt;");
        assertThat(page.chars().allMatch(c -> c < 128)).isTrue();
    }

    @Test
    void the_manifest_names_every_other_file_with_its_hash() throws IOException {
        List<PackageFile> files = TrustPackage.filesOf(bundle);
        JsonNode manifest = manifestOf(files);

        Map<String, String> hashes = new LinkedHashMap<>();
        manifest.get("files")
                .forEach(file ->
                        hashes.put(file.get("name").asText(), file.get("sha256").asText()));

        assertThat(files.get(files.size() - 1).name()).isEqualTo("manifest.json");
        assertThat(hashes).hasSize(files.size() - 1);
        files.subList(0, files.size() - 1)
                .forEach(file -> assertThat(hashes)
                        .containsEntry(
                                file.name(),
                                Sha256Fingerprint.ofDer(file.content()).hex()));
    }

    @Test
    void the_manifest_says_which_certificate_belongs_into_which_store() throws IOException {
        JsonNode manifest = manifestOf(TrustPackage.filesOf(bundle));

        List<String> stores = new ArrayList<>();
        manifest.get("certificates")
                .forEach(c -> stores.add(
                        c.get("store").asText() + " " + c.get("thumbprint").asText()));

        assertThat(stores)
                .containsExactly(
                        "Root " + Thumbprint.of(root.certificate()),
                        "CA " + Thumbprint.of(issuing.certificate()),
                        "WindowsServerUpdateServices " + Thumbprint.of(leaf));
        assertThat(manifest.get("group").asText()).isEqualTo("wsus-clients");
        assertThat(manifest.get("bundle").asText()).isEqualTo(bundle.digest());
        assertThat(manifest.get("certificates").get(2).get("server").asText()).isEqualTo("wsus01");
        assertThat(manifest.get("certificates").get(2).get("notAfter").asText()).isEqualTo("2030-01-01T00:00:00Z");
    }

    @Test
    void the_same_bundle_gives_the_same_bytes() {
        List<PackageFile> again = TrustPackage.filesOf(
                TrustBundle.ofEntries(GROUP, bundle.entries()).union(bundle));

        assertThat(again).usingRecursiveComparison().isEqualTo(TrustPackage.filesOf(bundle));
    }

    private static String readme(TrustBundle bundle) {
        return TrustPackage.filesOf(bundle).stream()
                .filter(file -> file.name().equals("README.html"))
                .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode manifestOf(List<PackageFile> files) throws IOException {
        return new ObjectMapper().readTree(files.get(files.size() - 1).content());
    }
}
