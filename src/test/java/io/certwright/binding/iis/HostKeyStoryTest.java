package io.certwright.binding.iis;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Thumbprint;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.IisHouse;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestWish;
import io.certwright.windows.StoreCall.CertificateInStore;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.Mishap;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole story with a key that is made on the server and never leaves it. */
final class HostKeyStoryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private IisHouse house;

    @BeforeEach
    void open() throws Exception {
        house = new IisHouse(DATABASE);
        house.makeKeysOnHost();
        house.bench.inForce(TestWish.named("wsus01").keyOnHost().boundTo(house.bound()));
    }

    @AfterEach
    void shut() {
        house.close();
    }

    @Test
    void its_certificate_joins_it_there_and_is_served() throws Exception {
        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(house.inUse());
        assertThat(house.bench.inUse().key()).isEmpty();
        assertThat(house.server.certificates(StoreName.REQUEST)).isEmpty();
        assertThat(house.server.called())
                .contains("New-HostRequest", "Install-HostCertificate", "Set-FriendlyName", "New-KeySignature")
                .doesNotContain("Import-Pfx");
        assertThat(house.bench.told()).anyMatch(step -> step.startsWith("key: P-256 key made on the host"));
    }

    @Test
    void a_renewal_makes_another_one() throws Exception {
        Thumbprint first = house.bench.renewed().certificate().thumbprint();
        house.bench.untilDue();

        Thumbprint second = house.bench.renewed().certificate().thumbprint();

        assertThat(second).isNotEqualTo(first);
        assertThat(house.served()).contains(second);
    }

    @Test
    void a_connection_that_is_lost_at_each_step_leaves_a_story_that_goes_on() throws Exception {
        for (String function :
                new String[] {"New-HostRequest", "Install-HostCertificate", "Set-FriendlyName", "New-KeySignature"}) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                house.server.plan(Mishap.at(function, afterEffect, Mishap.Kind.CONNECTION_LOST));

                RenewalOutcome lost = house.bench.renew(Urge.FORCE);
                RenewalOutcome again = lost instanceof RenewalOutcome.Renewed ? lost : house.bench.renew(Urge.BIND);

                String where = function + (afterEffect ? " after " : " before ") + lost.sentence() + "; then "
                        + again.sentence();
                assertThat(again).as(where).isInstanceOf(RenewalOutcome.Renewed.class);
                assertThat(house.served()).as(where).contains(house.inUse());
            }
        }
    }

    /** Others' place holders lie in the store REQUEST, too, and need not be certificates that Java reads. */
    @Test
    void an_odd_request_of_somebody_else_is_in_nobodys_way() throws Exception {
        house.server.putOddCertificate(StoreName.REQUEST, new byte[] {0x30, 3, 2, 1, 9}, true);

        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
    }

    @Test
    void a_place_holder_is_known_by_its_key_though_the_rest_does_not_parse() throws Exception {
        X509Certificate own = house.bench.ca.leaf("a.contoso.com").certificate();
        X509Certificate other = house.bench
                .ca
                .leaf("b.contoso.com")
                .key(TestKeys.fresh(KeySpec.P_256))
                .certificate();
        byte[] der = own.getEncoded();
        der[12] = 9;
        CertificateInStore odd = new CertificateInStore(
                Thumbprint.ofDer(der), "", true, Base64.getEncoder().encodeToString(der));

        assertThat(odd.findCertificate()).isEmpty();
        assertThat(odd.isOf(own.getPublicKey())).isTrue();
        assertThat(odd.isOf(other.getPublicKey())).isFalse();
    }

    @Test
    void a_key_that_is_gone_from_the_host_is_told() throws Exception {
        house.server.plan(Mishap.at("Install-HostCertificate", false, Mishap.Kind.CONNECTION_LOST));
        house.bench.renew();
        house.server.certificates(StoreName.REQUEST).stream()
                .map(Thumbprint::of)
                .forEach(each -> house.server.removeCertificate(StoreName.REQUEST, each));

        RenewalOutcome outcome = house.bench.renew(Urge.BIND);

        assertThat(outcome.sentence())
                .contains(
                        "host wsus01: the key of wsus01 was made on a host, but its certificate is not in LocalMachine\\My here");
        assertThat(house.served()).isEqualTo(Optional.empty());
    }
}
