package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.AlertOutboxContract;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outbox in the database, and what the schema alone refuses. */
final class PostgresAlertOutboxTest extends AlertOutboxContract {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Recipient ANNA = new Recipient("anna@contoso.com");

    @BeforeEach
    void empty() throws LifecycleException {
        DATABASE.empty();
    }

    @Override
    protected AlertOutbox outbox() {
        return new PostgresAlertOutbox(DATABASE.database());
    }

    @Test
    void remembers_the_last_look_alone() throws LifecycleException {
        PostgresPulses pulses = new PostgresPulses(DATABASE.database());
        assertThat(pulses.findLast()).isEmpty();

        pulses.beat(Instant.parse("2026-12-01T12:00:00Z"));
        pulses.beat(Instant.parse("2026-12-01T12:15:00Z"));

        assertThat(pulses.findLast()).contains(Instant.parse("2026-12-01T12:15:00Z"));
    }

    @Test
    void an_alert_is_undone_with_the_transaction_that_tells_it() throws LifecycleException {
        AlertOutbox outbox = outbox();

        assertThatThrownBy(() -> DATABASE.database().inTransaction(() -> {
                    assertThat(outbox.offer(alert("wsus01"), ANNA, List.of("30d")))
                            .isTrue();
                    throw new IllegalStateException("the fact could not be stored");
                }))
                .hasMessage("the fact could not be stored");

        assertThat(outbox.listOpen()).isEmpty();
        assertThat(outbox.offer(alert("wsus01"), ANNA)).isTrue();
    }

    @Test
    void two_nodes_never_claim_the_same_alert() throws Exception {
        AlertOutbox outbox = outbox();
        for (int i = 0; i < 200; i++) {
            outbox.offer(alert("wsus" + i), ANNA);
        }
        Callable<List<Long>> claim = () -> outbox.claimDue(ANNA, NOON, NOON.plus(Duration.ofMinutes(15))).stream()
                .map(OutboxEntry::id)
                .toList();

        List<Long> claimed = new ArrayList<>();
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            for (Future<List<Long>> node :
                    nodes.invokeAll(IntStream.range(0, 8).mapToObj(i -> claim).toList())) {
                claimed.addAll(node.get());
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(claimed).doesNotHaveDuplicates().hasSize(200);
    }

    @Test
    void two_nodes_that_notice_the_same_at_once_tell_it_once() throws Exception {
        AlertOutbox outbox = outbox();
        Callable<Boolean> offer = () -> outbox.offer(alert("wsus01"), ANNA, List.of("30d", "14d"));
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        int told = 0;
        try {
            for (Future<Boolean> node :
                    nodes.invokeAll(IntStream.range(0, 8).mapToObj(i -> offer).toList())) {
                told += node.get() ? 1 : 0;
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(told).isOne();
        assertThat(outbox.listOpen()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject = ''                    | alert_outbox_subject_check",
                "thumbprint = 'abc'              | alert_outbox_thumbprint_check",
                "kind = 'expiry'                 | alert_outbox_kind_check",
                "stage = ''                      | alert_outbox_stage_check",
                "recipient = 'anna'              | alert_outbox_recipient_check",
                "recipient = E'a@b.c\\nBcc: x@y' | alert_outbox_recipient_check",
                "severity = 'LOUD'               | alert_outbox_severity_check",
                "sentence = ''                   | alert_outbox_sentence_check",
                "sentence = E'a\\r\\nBcc: x@y'   | alert_outbox_sentence_check",
                "attempts = -1                   | alert_outbox_attempts_check",
                "next_try = NULL                 | alert_given_up_with_a_reason",
                "delivered_at = now(), last_failure = 'no' | alert_delivered_has_no_failure"
            })
    void the_schema_alone_refuses_a_broken_row(String breach, String rule) throws LifecycleException {
        outbox().offer(alert("wsus01"), ANNA);

        assertThatThrownBy(() -> DATABASE.database().update("UPDATE alert_outbox SET " + breach))
                .isInstanceOf(LifecycleException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void the_schema_alone_refuses_to_tell_twice() throws LifecycleException {
        outbox().offer(alert("wsus01"), ANNA);
        outbox().offer(alert("wsus02"), ANNA);

        assertThatThrownBy(() -> DATABASE.database().update("UPDATE alert_outbox SET subject = 'wsus01'"))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        conflict -> assertThat(conflict.constraint()).isEqualTo("alert_told_once"));
    }

    private static Alert alert(String subject) {
        return Alert.of(
                AlertKey.of(subject, AlertKind.EXPIRY, "7d"), subject + ": expires in 7 days", "", "", List.of(), NOON);
    }
}
