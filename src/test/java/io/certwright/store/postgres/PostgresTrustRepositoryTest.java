package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestDatabase;
import io.certwright.trust.Audience;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientHost;
import io.certwright.trust.ClientReport;
import io.certwright.trust.ClientTrust;
import io.certwright.trust.Effectiveness;
import io.certwright.trust.GivenCertificate;
import io.certwright.trust.GivenTrust;
import io.certwright.trust.Pin;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.SeenServer;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.TrustCertificates.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTrustRepositoryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant START = Instant.parse("2026-12-01T00:00:00.123456Z");
    private static final ClientGroup GROUP = new ClientGroup(
            ClientGroupName.of("wsus-clients"), true, Duration.ofDays(14), Duration.ofDays(30), List.of(), "out");
    private static final String DIGEST = "0".repeat(64);

    private final Signer root = TrustCertificates.root("Root");
    private final Signer issuing = root.issuingCa("Issuing");
    private final Pin old = new Pin(issuing.leaf("wsus01"), "wsus01");
    private final Pin next = new Pin(issuing.leaf("wsus01"), "wsus01");

    private final MovableClock clock = new MovableClock(START);
    private final PostgresTrustRepository repository = new PostgresTrustRepository(DATABASE.database());
    private final ClientTrust trust = new ClientTrust(repository, PostgresTrustRepositoryTest::put, clock);

    private static PublishedPackage put(TrustBundle bundle) {
        return new PublishedPackage("/srv/trust", bundle.digest());
    }

    @BeforeEach
    void empty() throws LifecycleException {
        DATABASE.empty();
    }

    @Test
    void a_group_without_a_package_was_given_nothing() throws LifecycleException {
        assertThat(repository.getGiven(GROUP).certificates()).isEmpty();
        assertThat(repository.getGiven(GROUP).everPinned()).isFalse();
        assertThat(repository.findPresent(GROUP.name())).isEmpty();
        assertThat(repository.listPresent()).isEmpty();
    }

    @Test
    void what_was_published_is_read_again_with_its_times_and_roles() throws LifecycleException {
        TrustBundle needed =
                new TrustBundle(GROUP, List.of(root.certificate()), List.of(issuing.certificate()), List.of(old));

        PublishedTrust published = trust.ensurePublished(needed, List.of(), Audience.CLIENTS);

        assertThat(repository.getGiven(GROUP).bundle()).isEqualTo(needed);
        assertThat(repository.getGiven(GROUP).everPinned()).isTrue();
        assertThat(repository.getGiven(GROUP).certificates())
                .extracting(GivenCertificate::publishedAt, GivenCertificate::effectiveFrom)
                .containsExactly(
                        tuple(START, START.plus(Duration.ofDays(14))),
                        tuple(START, START.plus(Duration.ofDays(14))),
                        tuple(START, START));
        assertThat(repository.findPresent(GROUP.name())).contains(published);
        assertThat(published.location()).isEqualTo("/srv/trust");
        assertThat(published.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(14)));
    }

    @Test
    void publishing_the_same_again_makes_no_new_publication() throws LifecycleException {
        PublishedTrust first = publish(old);
        clock.advance(Duration.ofDays(3));

        publish(old);

        assertThat(repository.listPresent()).containsExactly(first);
        assertThat(count("trust_publication")).isEqualTo(1);
    }

    @Test
    void a_withdrawn_pin_is_gone_and_the_publication_before_is_history() throws LifecycleException {
        publish(old);
        clock.advance(Duration.ofDays(1));
        publish(next);
        clock.advance(Duration.ofDays(60));

        PublishedTrust withdrawn = trust.ensureWithdrawn(GROUP, old);

        assertThat(repository.getGiven(GROUP).bundle().pins()).containsExactly(next);
        assertThat(withdrawn.effectiveFrom()).isEqualTo(START.plus(Duration.ofDays(15)));
        assertThat(count("trust_publication")).isEqualTo(3);
        assertThat(repository.listPresent()).hasSize(1);
    }

    @Test
    void other_files_or_another_folder_for_the_same_trust_are_no_new_publication() throws LifecycleException {
        PublishedTrust first = publish(old);
        GivenTrust given = repository.getGiven(GROUP);

        PublishedTrust moved = repository.record(
                given,
                new PublishedPackage("/srv/other", "B".repeat(64)),
                clock.instant(),
                new Effectiveness(clock.instant(), "now"));

        assertThat(moved.location()).isEqualTo("/srv/other");
        assertThat(moved.manifestSha256()).isEqualTo("B".repeat(64));
        assertThat(moved.publishedAt()).isEqualTo(first.publishedAt());
        assertThat(count("trust_publication")).isEqualTo(1);
    }

    @Test
    void remarks_stay_with_the_package_until_the_next_one() throws LifecycleException {
        TrustBundle needed = TrustBundle.ofPins(GROUP, List.of(old)).remarking(List.of("wsus03: silent"));
        trust.ensurePublished(needed, List.of(), Audience.CLIENTS);

        assertThat(repository.getGiven(GROUP).bundle()).isEqualTo(needed);

        publish(old);
        assertThat(repository.getGiven(GROUP).remarks()).isEmpty();
    }

    @Test
    void of_each_machine_the_last_report_counts_whatever_comes_when() throws LifecycleException {
        ClientReport first = new ClientReport(new ClientHost("pc1"), "0123456789ABCDEF", true, "", START);
        ClientReport later = new ClientReport(
                new ClientHost("pc1"), "0123456789ABCDEF", false, "missing CA 1", START.plusSeconds(60));
        ClientReport other = new ClientReport(new ClientHost("pc0"), "0123456789ABCDEF", true, "", START);

        assertThat(repository.reports().record(GROUP.name(), List.of(later, other), "new.csv"))
                .isEqualTo(2);
        assertThat(repository.reports().record(GROUP.name(), List.of(first), "old.csv"))
                .isZero();

        assertThat(repository.reports().list(GROUP.name())).containsExactly(other, later);
        assertThat(repository.reports().list(ClientGroupName.of("others"))).isEmpty();
    }

    @Test
    void that_a_group_once_pinned_outlives_its_last_pin() throws LifecycleException {
        publish(old);
        trust.ensureWithdrawn(GROUP, old);

        assertThat(repository.getGiven(GROUP).certificates()).isEmpty();
        assertThat(repository.getGiven(GROUP).everPinned()).isTrue();
    }

    @Test
    void a_confirmation_makes_it_effective_and_is_kept_with_the_person() throws LifecycleException {
        publish(old);
        publish(next);
        clock.advance(Duration.ofDays(2));

        PublishedTrust confirmed = trust.confirm(GROUP, "Ann").orElseThrow();

        assertThat(confirmed.effectiveFrom()).isEqualTo(clock.instant());
        assertThat(repository.findPresent(GROUP.name())).contains(confirmed);
        assertThat(repository.getGiven(GROUP).certificates())
                .allSatisfy(given -> assertThat(given.effectiveFrom()).isBeforeOrEqualTo(clock.instant()));
        assertThat(DATABASE.database()
                        .list(
                                "SELECT person, confirmed_at FROM trust_confirmation",
                                row -> row.text("person") + " " + row.instant("confirmed_at")))
                .containsExactly("Ann " + clock.instant());
    }

    @Test
    void nothing_is_left_of_work_that_failed() throws LifecycleException {
        assertThatThrownBy(() -> repository.exclusively(GROUP.name(), () -> {
                    publish(old);
                    throw new IllegalStateException("crash");
                }))
                .hasMessage("crash");

        assertThat(repository.getGiven(GROUP).certificates()).isEmpty();
        assertThat(repository.findPresent(GROUP.name())).isEmpty();
    }

    @Test
    void makers_of_one_groups_package_take_turns_and_none_loses_the_others_pin() throws Exception {
        List<Pin> pins = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pins.add(new Pin(issuing.leaf("wsus" + i), "wsus" + i));
        }
        ExecutorService makers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<PublishedTrust>> work = pins.stream()
                    .map(pin -> (Callable<PublishedTrust>) () -> publish(pin))
                    .toList();
            for (Future<PublishedTrust> done : makers.invokeAll(work, 60, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            makers.shutdownNow();
        }

        assertThat(repository.getGiven(GROUP).bundle().pins()).containsExactlyInAnyOrderElementsOf(pins);
    }

    @Test
    void the_later_sighting_of_a_server_counts() throws LifecycleException {
        Endpoint server = Endpoint.parse("wsus03.contoso.com:8531");
        SeenServer early = new SeenServer(server, CertificateChain.of(old.leaf()), START);
        SeenServer late = new SeenServer(
                server, CertificateChain.of(next.leaf(), issuing.certificate()), START.plus(Duration.ofDays(1)));
        assertThat(repository.findLastSeen(server)).isEmpty();

        repository.recordSeen(late);
        repository.recordSeen(early);

        assertThat(repository.findLastSeen(server)).contains(late);
        assertThat(repository.findLastSeen(server.withSni(DnsName.parse("other.contoso.com"))))
                .isEmpty();
    }

    @Test
    void the_schema_alone_refuses_a_second_present_publication() throws LifecycleException {
        publish(old);

        assertThatThrownBy(() -> insertPublication("wsus-clients", DIGEST))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        refused -> assertThat(refused.constraint()).isEqualTo("one_present_publication_per_group"));
    }

    @Test
    void the_schema_alone_refuses_a_publication_for_no_group_or_without_a_digest() throws LifecycleException {
        publish(old);
        trust.ensureWithdrawn(GROUP, next);

        assertThatThrownBy(() -> insertPublication("nobody", DIGEST)).hasMessageContaining("group_name");
        assertThatThrownBy(() -> insertPublication("wsus-clients", "abc")).hasMessageContaining("bundle_digest");
    }

    @Test
    void the_schema_alone_refuses_trust_that_is_effective_before_it_is_published() throws LifecycleException {
        publish(old);

        assertThatThrownBy(() -> DATABASE.database()
                        .update("UPDATE trust_certificate SET effective_from = ?", START.minus(Duration.ofSeconds(1))))
                .isInstanceOf(LifecycleException.class)
                .hasMessageContaining("trust_certificate_check");
    }

    private static void insertPublication(String group, String digest) throws LifecycleException {
        DATABASE.database().update("""
                        INSERT INTO trust_publication
                            (group_name, bundle_digest, manifest_sha256, location, published_at, effective_from, reason)
                        VALUES (?, ?, ?, 'x', ?, ?, 'x')
                        """, group, digest, DIGEST, START, START);
    }

    private PublishedTrust publish(Pin pin) throws LifecycleException {
        return trust.ensurePublished(TrustBundle.ofPins(GROUP, List.of(pin)), List.of(), Audience.CLIENTS);
    }

    private static long count(String table) throws LifecycleException {
        return DATABASE.database()
                .find("SELECT count(*) AS rows FROM " + table, row -> row.number("rows"))
                .orElseThrow();
    }
}
