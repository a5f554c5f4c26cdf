package io.certwright.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "wsus.contoso.com:8531, wsus.contoso.com:8531",
        "WSUS.Contoso.com:443, wsus.contoso.com:443",
        "wsus:443, wsus:443",
        "10.0.0.1:443, 10.0.0.1:443",
        "[::1]:443, [0:0:0:0:0:0:0:1]:443"
    })
    void reads_host_and_port(String text, String shown) {
        assertThat(Endpoint.parse(text)).hasToString(shown);
    }

    @Test
    void sends_a_dns_name_as_server_name() {
        assertThat(Endpoint.parse("wsus.contoso.com:8531").sni()).contains(new DnsName("wsus.contoso.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:443", "[fd00::1]:443"})
    void never_sends_an_address_as_server_name(String text) {
        assertThat(Endpoint.parse(text).sni()).isEmpty();
    }

    @Test
    void another_server_name_is_shown() {
        assertThat(Endpoint.parse("10.0.0.1:443").withSni(new DnsName("wsus.contoso.com")))
                .hasToString("10.0.0.1:443 (server name wsus.contoso.com)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wsus.contoso.com", "wsus.contoso.com:", "wsus:https", "::1:443", "wsus:123456", "wsus:-1"})
    void refuses_what_is_not_host_and_port(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint: got \"" + text
                        + "\", wanted host:port such as wsus.contoso.com:8531, or [address]:port for IPv6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a\\nb", "wsus..contoso.com", "10.0.0.256", "wsus_01", "fe80::1%eth0", "*.contoso.com"})
    void refuses_a_host_that_is_neither_name_nor_address(String host) {
        assertThatThrownBy(() -> Endpoint.of(host, 443))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoint: got host \"")
                .hasMessageEndingWith("\", wanted a DNS name such as wsus.contoso.com or an IP address");
    }

    @Test
    void refuses_a_wildcard_as_server_name() {
        assertThatThrownBy(() -> Endpoint.of("wsus", 443).withSni(new DnsName("*.contoso.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint: got server name \"*.contoso.com\", wanted a name without a wildcard");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void refuses_a_port_out_of_range(int port) {
        assertThatThrownBy(() -> Endpoint.of("wsus", port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint: got port " + port + ", wanted 1 to 65535");
    }
}
