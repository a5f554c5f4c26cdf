package io.certwright.windows.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.ChallengeCall.RemoveChallengeAnswer;
import io.certwright.windows.ChallengeCall.SetChallengeAnswer;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreName;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the listeners of a simulated server show to a real handshake. */
class TlsFrontTest {
    private final SimulatedWorld world = new SimulatedWorld();
    private final JsseTlsProbe probe = new JsseTlsProbe(Duration.ofSeconds(20));
    private Optional<TlsFront> front = Optional.empty();

    private void open() throws IOException {
        front = Optional.of(TlsFront.open(world.server, List.of("127.0.0.1")));
    }

    @AfterEach
    void hang_up() {
        front.ifPresent(TlsFront::close);
    }

    private PresentedCertificate look(Optional<String> name) throws LifecycleException {
        return probe.look(new Endpoint("127.0.0.1", world.https, name.map(DnsName::parse)));
    }

    @Test
    void hangs_up_where_nothing_is_bound() throws IOException {
        open();

        assertThatThrownBy(() -> look(Optional.empty())).isInstanceOf(LifecycleException.class);
    }

    @Test
    void shows_a_new_certificate_to_the_next_connection() throws Exception {
        open();
        Thumbprint first = world.imported();
        world.host.perform(world.binding(first));
        assertThat(Thumbprint.of(look(Optional.empty()).chain().leaf())).isEqualTo(first);

        Thumbprint second = world.imported();
        world.host.perform(world.binding(second));

        assertThat(Thumbprint.of(look(Optional.of(SimulatedWorld.NAME)).chain().leaf()))
                .isEqualTo(second);
    }

    @Test
    void shows_at_an_ipv6_address_what_stands_under_it() throws Exception {
        world.server.addBinding(FreshWsus.SITE_ID, "https", "[::1]:" + world.https + ":", 0);
        front = Optional.of(TlsFront.open(world.server, List.of("127.0.0.1", "::1")));
        Thumbprint here = world.imported();
        Thumbprint there = world.imported();
        world.host.perform(world.binding(here));
        world.host.perform(
                new SetBindingCertificate(FreshWsus.SITE_ID, "[::1]:" + world.https + ":", there, StoreName.MY));

        assertThat(world.server.httpSysTable())
                .containsOnly(
                        Map.entry("ipport=0.0.0.0:" + world.https, here),
                        Map.entry("ipport=[0:0:0:0:0:0:0:1]:" + world.https, there));
        assertThat(Thumbprint.of(look(Optional.empty()).chain().leaf())).isEqualTo(here);
        assertThat(Thumbprint.of(probe.look(new Endpoint("::1", world.https, Optional.empty()))
                        .chain()
                        .leaf()))
                .isEqualTo(there);
    }

    @Test
    void sends_the_intermediates_that_the_machine_has() throws Exception {
        open();
        world.host.perform(world.binding(world.imported()));
        assertThat(look(Optional.empty()).chain().certificates()).hasSize(1);

        world.importIntermediate();

        assertThat(look(Optional.empty()).chain().certificates()).hasSize(2);
    }

    @Test
    void shows_by_server_name_what_stands_under_it() throws Exception {
        world.server.addSite(2, "Named");
        world.server.addBinding(2, "https", "*:" + world.https + ":named.certwright.test", 1);
        open();
        Thumbprint plain = world.imported();
        Thumbprint named = world.imported("named.certwright.test");
        world.host.perform(world.binding(plain));
        world.server.putHttpSysEntry("hostnameport=named.certwright.test:" + world.https, named, "My");

        assertThat(Thumbprint.of(
                        look(Optional.of("named.certwright.test")).chain().leaf()))
                .isEqualTo(named);
        assertThat(Thumbprint.of(look(Optional.empty()).chain().leaf())).isEqualTo(plain);
    }

    @Test
    void refuses_plain_http_where_tls_is_required() throws Exception {
        open();
        assertThat(status("/SimpleAuthWebService/SimpleAuth.asmx")).isEqualTo(200);

        world.host.perform(new SetSslFlags("WSUS Administration/SimpleAuthWebService", "Ssl"));

        assertThat(status("/SimpleAuthWebService/SimpleAuth.asmx")).isEqualTo(403);
        assertThat(status("/Content/anonymousCheckFile.txt")).isEqualTo(200);
        assertThat(status("/Nothing/here")).isEqualTo(404);
    }

    @Test
    void serves_a_file_without_an_extension_only_where_a_web_config_gives_it_a_type() throws Exception {
        String root = "C:\\inetpub\\wwwroot";
        String token = "a-token-as-long-as-they-are";
        String path = "/.well-known/acme-challenge/";
        world.server.serveFolder(FreshWsus.SITE_ID, root);
        world.server.putChallengeFile(root, token, "of somebody else", Duration.ZERO);
        open();
        assertThat(status(path + token)).isEqualTo(404);

        String answer = token + "." + "x".repeat(43);
        world.host.perform(new SetChallengeAnswer("c:\\INETPUB\\wwwroot\\", token, answer));
        try (InputStream served = get(path + token).getInputStream()) {
            assertThat(new String(served.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(answer);
        }
        assertThat(status(path + "web.config")).isEqualTo(404);

        world.host.perform(new RemoveChallengeAnswer(root, token));
        assertThat(status(path + token)).isEqualTo(404);
        assertThat(world.server.challengeFiles(root)).isEmpty();
    }

    private int status(String path) throws IOException {
        return get(path).getResponseCode();
    }

    private HttpURLConnection get(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + world.http + path).toURL().openConnection();
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        return connection;
    }
}
