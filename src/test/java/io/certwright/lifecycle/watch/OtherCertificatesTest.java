package io.certwright.lifecycle.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertSettings;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import io.certwright.alert.Thresholds;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Transactions;
import io.certwright.probe.Endpoint;
import io.certwright.testing.FakeProbe;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherCertificatesTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Endpoint INTRANET = Endpoint.parse("intranet.contoso.com:443");
    private static final WatchTarget TARGET = new WatchTarget.AtEndpoint(INTRANET);
    private static final AlertSettings RULES = new AlertSettings(
            List.of(new Recipient("anna@contoso.com")), Thresholds.standard(), Duration.ofDays(2), ZoneOffset.UTC);

    private final TestCa contoso = TestCa.root("CN=Contoso Root", NOON).intermediate("CN=Contoso Issuing");
    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private final Map<String, Sighting> known = new HashMap<>();
    private Optional<CertificateChain> served = Optional.empty();
    private final OtherCertificates others = new OtherCertificates(
            new FakeProbe().server(INTRANET, () -> served), new RememberedSightings(known), outbox, new AtOnce());

    private record RememberedSightings(Map<String, Sighting> known) implements SightingRepository {
        @Override
        public Optional<Sighting> find(String subject) {
            return Optional.ofNullable(known.get(subject));
        }

        @Override
        public void record(Sighting sighting) {
            known.put(sighting.subject(), sighting);
        }
    }

    private record AtOnce() implements Transactions {
        @Override
        public <T> T inOne(Work<T> work) throws LifecycleException {
            return work.run();
        }
    }

    private static CertificateChain leafOf(TestCa ca, Instant from, Duration life) {
        return ca.leaf("intranet.contoso.com")
                .validFor(Duration.between(NOON, from), Duration.between(NOON, from.plus(life)))
                .issue()
                .chain();
    }

    private void serve(TestCa ca, Instant from, Duration life) {
        served = Optional.of(leafOf(ca, from, life));
    }

    private int passAt(Instant now) throws LifecycleException {
        return others.pass(List.of(TARGET), RULES, now);
    }

    private List<String> openSentences() {
        return outbox.listOpen().stream().map(entry -> entry.alert().sentence()).toList();
    }

    private void deliverAll(Instant now) {
        outbox.delivered(outbox.listOpen().stream().map(OutboxEntry::id).toList(), now);
    }

    @Test
    void says_nothing_of_a_healthy_endpoint() throws LifecycleException {
        serve(contoso, NOON, Duration.ofDays(365));

        assertThat(passAt(NOON)).isZero();
        assertThat(known.get("intranet.contoso.com:443").at()).isEqualTo(NOON);
    }

    @Test
    void tells_of_an_endpoint_that_nears_its_end() throws LifecycleException {
        serve(contoso, NOON, Duration.ofDays(365));

        assertThat(passAt(NOON.plus(Duration.ofDays(340)))).isOne();
        assertThat(openSentences())
                .containsExactly(
                        "intranet.contoso.com:443: certificate expires in 25 days, on Wed 1 Dec 2027, 12:00 Z");
    }

    @Test
    void an_endpoint_that_cannot_be_read_still_ends_as_it_was_last_seen() throws LifecycleException {
        serve(contoso, NOON, Duration.ofDays(365));
        passAt(NOON.plus(Duration.ofDays(300)));
        served = Optional.empty();

        assertThat(passAt(NOON.plus(Duration.ofDays(340)))).isEqualTo(2);
        assertThat(openSentences())
                .containsExactlyInAnyOrder(
                        "intranet.contoso.com:443: certificate expires in 25 days, on Wed 1 Dec 2027, 12:00 Z",
                        "intranet.contoso.com:443: not readable since Mon 27 Sep 2027, 12:00 Z");
    }

    @Test
    void what_is_taken_out_of_the_settings_while_unreadable_is_watched_no_more_and_not_well()
            throws LifecycleException {
        served = Optional.empty();
        passAt(NOON);
        deliverAll(NOON);

        assertThat(others.pass(List.of(), RULES, NOON.plus(DAY))).isOne();
        assertThat(openSentences()).containsExactly("intranet.contoso.com:443: is not watched any more");
        assertThat(others.pass(List.of(), RULES, NOON.plus(DAY).plusSeconds(900)))
                .isZero();
    }

    @Test
    void tells_once_that_it_cannot_be_read_for_long_and_once_that_it_can_again() throws LifecycleException {
        serve(contoso, NOON, Duration.ofDays(365));
        passAt(NOON);
        Optional<CertificateChain> healthy = served;
        served = Optional.empty();

        assertThat(passAt(NOON.plus(Duration.ofHours(23)))).isZero();
        assertThat(passAt(NOON.plus(DAY))).isOne();
        assertThat(passAt(NOON.plus(DAY).plusSeconds(900))).isZero();
        deliverAll(NOON.plus(DAY));
        served = healthy;
        assertThat(passAt(NOON.plus(Duration.ofDays(2)))).isOne();
        assertThat(openSentences()).containsExactly("intranet.contoso.com:443: is well again");
        deliverAll(NOON.plus(Duration.ofDays(2)));

        served = Optional.empty();
        assertThat(passAt(NOON.plus(Duration.ofDays(9))))
                .as("a second time it is news again")
                .isOne();
    }

    @Test
    void tells_at_once_of_an_endpoint_that_was_never_seen() throws LifecycleException {
        assertThat(passAt(NOON)).isOne();

        Alert alert = outbox.listOpen().get(0).alert();
        assertThat(alert.sentence()).isEqualTo("intranet.contoso.com:443: never readable so far");
        assertThat(alert.whatHappened()).isEqualTo("intranet.contoso.com:443: nobody listens there");
        assertThat(alert.commands()).containsExactly("certwright probe intranet.contoso.com:443");
    }

    @Test
    void an_ordinary_successor_is_no_news() throws LifecycleException {
        serve(contoso, NOON, Duration.ofDays(90));
        passAt(NOON);
        serve(contoso, NOON.plus(Duration.ofDays(61)), Duration.ofDays(90));

        assertThat(passAt(NOON.plus(Duration.ofDays(61)))).isZero();
    }

    @Test
    void tells_of_a_certificate_that_was_replaced_early() throws LifecycleException {
        serve(contoso, NOON, Duration.ofDays(90));
        passAt(NOON);
        serve(contoso, NOON.plus(DAY), Duration.ofDays(90));

        assertThat(passAt(NOON.plus(DAY))).isOne();
        assertThat(passAt(NOON.plus(DAY))).isZero();
        assertThat(openSentences())
                .containsExactly(
                        "intranet.contoso.com:443: shows another certificate, though the one before was valid until Mon 1 Mar 2027");
    }

    @Test
    void tells_of_another_issuer_even_when_it_was_time() throws LifecycleException {
        serve(contoso, NOON, Duration.ofDays(90));
        passAt(NOON);
        TestCa stranger = TestCa.root("CN=Fabrikam Root", NOON);
        serve(stranger, NOON.plus(Duration.ofDays(80)), Duration.ofDays(90));

        assertThat(passAt(NOON.plus(Duration.ofDays(80)))).isOne();
        Alert alert = outbox.listOpen().get(0).alert();
        assertThat(alert.key().kind()).isEqualTo(AlertKind.WATCHED_CHANGED);
        assertThat(alert.sentence())
                .isEqualTo("intranet.contoso.com:443: shows a certificate from another issuer, \"CN=Fabrikam Root\"");
        assertThat(alert.whatHappened())
                .startsWith("Before: ")
                .contains(
                        new IssuedCertificate(served.orElseThrow()).thumbprint().hex());
    }

    @Test
    void watches_a_file_that_another_program_keeps(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("server.pem");
        WatchTarget inFile = new WatchTarget.InFile(file);
        write(leafOf(contoso, NOON, Duration.ofDays(90)), file);

        assertThat(others.pass(List.of(inFile), RULES, NOON.plus(Duration.ofDays(80))))
                .isOne();
        assertThat(openSentences()).singleElement().asString().startsWith(file + ": certificate expires in 10 days");

        Files.writeString(file, "half a fi");
        assertThat(others.pass(List.of(inFile), RULES, NOON.plus(Duration.ofDays(82))))
                .isOne();
        assertThat(outbox.listOpen().stream().map(entry -> entry.alert().whatHappened()))
                .anySatisfy(words -> assertThat(words).contains("it is no certificate"));
    }

    private static void write(CertificateChain chain, Path file) throws IOException, CertificateEncodingException {
        StringBuilder pem = new StringBuilder();
        for (var certificate : chain.certificates()) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.writeString(file, pem, StandardCharsets.US_ASCII);
    }
}
