package io.certwright.trust.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Thumbprint;
import io.certwright.trust.Pin;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import java.io.ByteArrayInputStream;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PreferencesFormTest {
    private final TrustCertificates.Signer root = TrustCertificates.root("Contoso \"Root\" <&> CA");
    private final X509Certificate leaf = root.leaf("wsus01.contoso.com");
    private final TrustBundle bundle = new TrustBundle(
            WindowsFormsTest.group(), List.of(root.certificate()), List.of(), List.of(new Pin(leaf, "wsus01")));

    private Document parsed(String name) throws Exception {
        byte[] xml = new PreferencesForm()
                .files(bundle).stream()
                        .filter(file -> file.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .content();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    @Test
    void each_item_writes_the_certificate_into_the_key_of_its_store() throws Exception {
        Document pins = parsed("pin-preferences.xml");
        Element item = (Element) pins.getElementsByTagName("Registry").item(0);
        Element properties = (Element) pins.getElementsByTagName("Properties").item(0);

        assertThat(pins.getDocumentElement().getAttribute("clsid")).isEqualTo("{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}");
        assertThat(item.getAttribute("clsid")).isEqualTo("{9CD4B2F4-923D-47f5-A062-E897DD1DAD50}");
        assertThat(item.getAttribute("changed")).isEqualTo("2026-01-01 00:00:00");
        assertThat(properties.getAttribute("action")).isEqualTo("U");
        assertThat(properties.getAttribute("hive")).isEqualTo("HKEY_LOCAL_MACHINE");
        assertThat(properties.getAttribute("key"))
                .isEqualTo("SOFTWARE\\Microsoft\\SystemCertificates\\WindowsServerUpdateServices\\Certificates\\"
                        + Thumbprint.of(leaf));
        assertThat(properties.getAttribute("name")).isEqualTo("Blob");
        assertThat(properties.getAttribute("type")).isEqualTo("REG_BINARY");
        assertThat(HexFormat.of().parseHex(properties.getAttribute("value"))).isEqualTo(StoreElements.blob(leaf));
    }

    @Test
    void a_subject_cannot_break_out_of_its_attribute() throws Exception {
        Element item = (Element)
                parsed("root-preferences.xml").getElementsByTagName("Registry").item(0);

        assertThat(item.getAttribute("desc")).isEqualTo("Contoso \"Root\" <&> CA");
    }
}
