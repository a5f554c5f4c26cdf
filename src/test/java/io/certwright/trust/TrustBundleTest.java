package io.certwright.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Thumbprint;
import io.certwright.trust.TrustCertificates.Signer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustBundleTest {
    private static final ClientGroup PINNING = group(true);
    private static final ClientGroup TRUSTING = group(false);

    private final Signer root = TrustCertificates.root("Root");
    private final Signer issuing = root.issuingCa("Issuing");
    private final X509Certificate leaf = issuing.leaf("wsus01.contoso.com");

    static ClientGroup group(boolean pinning) {
        return new ClientGroup(
                ClientGroupName.of("wsus-clients"),
                pinning,
                Duration.ofDays(14),
                Duration.ofDays(30),
                List.of(),
                "out");
    }

    @Test
    void an_enterprise_certificate_needs_its_root_its_issuing_ca_and_its_pin() {
        TrustBundle needed = needed(PINNING, List.of(root.certificate()), leaf, issuing.certificate());

        assertThat(needed.anchors()).containsExactly(root.certificate());
        assertThat(needed.intermediates()).containsExactly(issuing.certificate());
        assertThat(needed.pins()).containsExactly(new Pin(leaf, "wsus01"));
    }

    @Test
    void a_root_that_came_along_in_the_chain_is_no_intermediate() {
        TrustBundle needed =
                needed(TRUSTING, List.of(root.certificate()), leaf, issuing.certificate(), root.certificate());

        assertThat(needed.intermediates()).containsExactly(issuing.certificate());
        assertThat(needed.pins()).isEmpty();
    }

    @Test
    void a_public_ca_needs_nothing_but_the_pin_of_clients_that_pin() {
        assertThat(needed(TRUSTING, List.of(), leaf, issuing.certificate()).isEmpty())
                .isTrue();
        assertThat(needed(PINNING, List.of(), leaf, issuing.certificate()).entries())
                .extracting(TrustEntry::role)
                .containsExactly(TrustRole.PIN);
    }

    @Test
    void a_self_signed_leaf_is_both_anchor_and_pin() {
        X509Certificate own = TrustCertificates.selfSignedLeaf("wsus.test");

        TrustBundle needed = needed(PINNING, List.of(own), own);

        assertThat(needed.entries()).extracting(TrustEntry::role).containsExactly(TrustRole.ANCHOR, TrustRole.PIN);
    }

    @Test
    void a_self_signed_leaf_and_its_renewal_of_the_same_name_stand_side_by_side() {
        X509Certificate old = TrustCertificates.selfSignedLeaf("wsus.test");
        X509Certificate next = TrustCertificates.selfSignedLeaf("wsus.test");

        TrustBundle both = needed(PINNING, List.of(old), old).union(needed(PINNING, List.of(next), next));

        assertThat(both.anchors()).containsExactlyInAnyOrder(old, next);
        assertThat(both.pins()).hasSize(2);
    }

    @Test
    void refuses_a_leaf_for_trusted_root() {
        assertThatThrownBy(() -> new TrustBundle(PINNING, List.of(leaf), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trust of client group wsus-clients: got as anchor \"CN=wsus01.contoso.com\" (%s)"
                                .formatted(abbreviated(leaf))
                        + " a certificate that is not self-signed, wanted a root certificate");
    }

    @Test
    void refuses_an_issuing_ca_for_trusted_root() {
        assertThatThrownBy(() -> new TrustBundle(PINNING, List.of(issuing.certificate()), List.of(), List.of()))
                .hasMessage("trust of client group wsus-clients: got as anchor \"CN=Issuing\" (%s)"
                                .formatted(abbreviated(issuing.certificate()))
                        + " a certificate that is not self-signed, wanted a root certificate");
    }

    @Test
    void refuses_a_certificate_that_merely_carries_its_issuers_name_for_trusted_root() {
        X509Certificate impostor = root.leaf("Root");

        assertThatThrownBy(() -> new TrustBundle(PINNING, List.of(impostor), List.of(), List.of()))
                .hasMessage("trust of client group wsus-clients: got as anchor \"CN=Root\" (%s)"
                                .formatted(abbreviated(impostor))
                        + " a certificate that is not self-signed, wanted a root certificate");
    }

    @Test
    void refuses_a_root_or_a_leaf_as_intermediate() {
        assertThatThrownBy(() -> new TrustBundle(PINNING, List.of(), List.of(root.certificate()), List.of()))
                .hasMessage("trust of client group wsus-clients: got as intermediate \"CN=Root\" (%s)"
                                .formatted(abbreviated(root.certificate()))
                        + " a self-signed one, wanted that of an issuing CA");
        assertThatThrownBy(() -> new TrustBundle(PINNING, List.of(), List.of(leaf), List.of()))
                .hasMessage("trust of client group wsus-clients: got as intermediate \"CN=wsus01.contoso.com\" (%s)"
                                .formatted(abbreviated(leaf))
                        + " a leaf, wanted that of an issuing CA");
    }

    @Test
    void refuses_the_pin_of_an_issuing_ca() {
        assertThatThrownBy(() -> new Pin(issuing.certificate(), "wsus01"))
                .hasMessage(
                        "pin of \"CN=Issuing\" (%s): got an intermediate CA certificate, wanted the leaf that wsus01 presents;"
                                        .formatted(abbreviated(issuing.certificate()))
                                + " clients compare the leaf alone");
    }

    @Test
    void refuses_the_pin_of_a_root_that_issued_another_certificate_of_the_bundle() {
        List<Pin> pins = List.of(new Pin(root.certificate(), "wsus01"));

        assertThatThrownBy(() -> new TrustBundle(PINNING, List.of(), List.of(issuing.certificate()), pins))
                .hasMessage("trust of client group wsus-clients: got as pin \"CN=Root\" (%s)"
                                .formatted(abbreviated(root.certificate()))
                        + " a CA's that issued others in this bundle, wanted a server's leaf");
    }

    @Test
    void refuses_a_pin_without_a_server_or_with_a_line_break_in_it() {
        assertThatThrownBy(() -> new Pin(leaf, "wsus01\r\nBcc: all"))
                .hasMessage("pin of \"CN=wsus01.contoso.com\" (%s): got server \"wsus01\\u000d\\u000aBcc: all\","
                                .formatted(abbreviated(leaf))
                        + " wanted the name of the server that presents it");
        assertThatThrownBy(() -> new Pin(leaf, " ")).hasMessageContaining("got server \" \"");
    }

    @Test
    void order_labels_and_duplicates_do_not_change_the_digest() {
        X509Certificate other = issuing.leaf("wsus02.contoso.com");
        TrustBundle one = TrustBundle.ofPins(PINNING, List.of(new Pin(leaf, "a"), new Pin(other, "b")));
        TrustBundle same =
                TrustBundle.ofPins(PINNING, List.of(new Pin(other, "c"), new Pin(leaf, "a"), new Pin(leaf, "a")));

        assertThat(same.digest()).isEqualTo(one.digest()).hasSize(64);
        assertThat(TrustBundle.ofPins(PINNING, List.of(new Pin(leaf, "a"))).digest())
                .isNotEqualTo(one.digest());
        assertThat(new TrustBundle(PINNING, List.of(root.certificate()), List.of(), List.of()).digest())
                .isNotEqualTo(TrustBundle.ofPins(PINNING, List.of(new Pin(root.certificate(), "a")))
                        .digest());
    }

    @Test
    void one_leaf_on_two_servers_is_one_pin_with_both_names_however_often_they_are_joined() {
        TrustBundle one = TrustBundle.ofPins(PINNING, List.of(new Pin(leaf, "wsus02")));
        TrustBundle other = TrustBundle.ofPins(PINNING, List.of(new Pin(leaf, "wsus01")));

        assertThat(one.union(other).union(other).pins()).containsExactly(new Pin(leaf, "wsus01, wsus02"));
    }

    @Test
    void union_covers_both_and_without_takes_one_leaf_away() {
        Pin old = new Pin(leaf, "wsus01");
        Pin next = new Pin(issuing.leaf("wsus01.contoso.com"), "wsus01");
        TrustBundle before = TrustBundle.ofPins(PINNING, List.of(old));
        TrustBundle needed = TrustBundle.ofPins(PINNING, List.of(next));

        TrustBundle both = before.union(needed);

        assertThat(both.covers(before)).isTrue();
        assertThat(both.covers(needed)).isTrue();
        assertThat(before.covers(needed)).isFalse();
        assertThat(both.without(old)).isEqualTo(needed);
        assertThat(needed.without(old)).isEqualTo(needed);
    }

    @Test
    void a_group_that_does_not_pin_gets_no_pins() {
        assertThat(TrustBundle.ofPins(TRUSTING, List.of(new Pin(leaf, "wsus01")))
                        .isEmpty())
                .isTrue();
    }

    private static TrustBundle needed(ClientGroup group, List<X509Certificate> anchors, X509Certificate... chain) {
        return TrustBundle.neededFor(group, new IssuedCertificate(CertificateChain.of(chain)), anchors, "wsus01");
    }

    private static String abbreviated(X509Certificate certificate) {
        return Thumbprint.of(certificate).abbreviated();
    }
}
