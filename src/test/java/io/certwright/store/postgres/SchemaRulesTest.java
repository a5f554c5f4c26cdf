package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema alone, without any of our code before it, refuses what breaks a rule of the domain. */
final class SchemaRulesTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String KEY = "'00000000-0000-0000-0000-000000000001'";
    private static final String RENEWAL = "'00000000-0000-0000-0000-000000000002'";
    private static final String SHA = "'" + "A".repeat(64) + "'";
    private static final String THUMB = "'" + "B".repeat(40) + "'";

    /** One good row of each table, every fact there. */
    private static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry(
                    "sealed_key",
                    "id=" + KEY
                            + ";master_key_id='m';nonce='\\x000102030405060708090a0b';ciphertext='\\x01';public_key='\\x02';spec='P_256';created_at=now()"),
            Map.entry(
                    "renewal",
                    "id=" + RENEWAL
                            + ";certificate_name='wsus01';reason='FORCED';issuer='lab';wish_digest='d';opened_at=now();key_id="
                            + KEY
                            + ";csr='\\x01';csr_public_key='\\x02';key_ready_at=now();requested_at=now();times_asked=1;request_id='7';pending_since=now();ask_again_at=now();certificate_sha256="
                            + SHA
                            + ";issued_at=now();checked_at=now();stored_at=now();trust_published_at=now();bound_at=now();verified_at=now();outcome='Renewed';sentence='renewed';outcome_at=now();closed_at=now()"),
            Map.entry(
                    "certificate",
                    "sha256=" + SHA + ";thumbprint=" + THUMB + ";certificate_name='wsus01';renewal_id=" + RENEWAL
                            + ";issuer='lab';wish_digest='d';chain='\\x01';serial='01';not_before=now();not_after=now();key_id="
                            + KEY + ";received_at=now();accepted_at=now();in_use_since=now();in_use=true"),
            Map.entry("next_look", "certificate_name='wsus01';reason='renew';look_at=now()"),
            Map.entry(
                    "alert_outbox",
                    "subject='wsus01';thumbprint=" + THUMB
                            + ";kind='EXPIRY';stage='14d';recipient='a@b.de';severity='WARNING';sentence='s';what_happened='w';what_next='n';commands='{}';noticed_at=now();next_try=now()"),
            Map.entry(
                    "binding_snapshot",
                    "renewal_id=" + RENEWAL
                            + ";binding='listener:main';chain='\\x01';memento='m';reachable_before=true;taken_at=now()"),
            Map.entry("host_lock", "host='local';holder='renewal';token=1;held_until=now()"),
            Map.entry("listener_assignment", "listener='main';certificate_sha256=" + SHA + ";assigned_at=now()"),
            Map.entry("trust_group", "name='pcs'"),
            Map.entry(
                    "trust_certificate",
                    "group_name='pcs';role='PIN';sha256=" + SHA
                            + ";der='\\x01';label='l';published_at=now();effective_from=now();reason='r'"),
            Map.entry(
                    "trust_publication",
                    "group_name='pcs';bundle_digest=" + SHA + ";manifest_sha256=" + SHA
                            + ";location='there';published_at=now();effective_from=now();reason='r'"));

    @BeforeEach
    void empty() throws LifecycleException {
        DATABASE.empty();
    }

    @Test
    void good_rows_are_taken() throws LifecycleException {
        insertAll();

        for (String table : GOOD.keySet()) {
            assertThat(DATABASE.database().list("select count(*) as n from " + table, row -> row.number("n")))
                    .as(table)
                    .containsExactly(1L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a second one
                "renewal | id='00000000-0000-0000-0000-000000000009';closed_at=null | one_open_renewal_per_certificate",
                "certificate | sha256='CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC' | one_certificate_in_use",
                "certificate | certificate_name='other' | certificate_pkey",
                "alert_outbox | severity='URGENT' | alert_told_once",
                "next_look | reason='retry' | next_look_pkey",
                "binding_snapshot | memento='another' | binding_snapshot_pkey",
                "host_lock | holder='another' | host_lock_pkey",
                "listener_assignment | assigned_at=now() | listener_assignment_pkey",
                "trust_certificate | label='another' | trust_certificate_pkey",
                "trust_publication | location='elsewhere' | one_present_publication_per_group"
            })
    void a_second_one_is_refused(String table, String change, String constraint) throws LifecycleException {
        insertAll();
        if (constraint.equals("one_open_renewal_per_certificate")) {
            DATABASE.database().update("update renewal set closed_at = null");
        }

        assertThatThrownBy(() -> insert(table, change))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        conflict -> assertThat(conflict.constraint()).isEqualTo(constraint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // facts in their order: none without the one before it
                "renewal | csr=null | renewal_request_is_whole",
                "renewal | csr_public_key=null | renewal_request_is_whole",
                "renewal | key_ready_at=null;requested_at=null | renewal_request_is_whole",
                "renewal | host_key='on the host' | renewal_has_one_key",
                "renewal | csr=null;csr_public_key=null;key_ready_at=null | renewal_asks_with_a_key",
                "renewal | ask_again_at=null | renewal_pending_is_whole",
                "renewal | pending_since=null | renewal_pending_is_whole",
                "renewal | certificate_sha256=null | renewal_issued_is_whole",
                "renewal | certificate_sha256=null;issued_at=null | renewal_checks_what_was_issued",
                "renewal | checked_at=null | renewal_stores_what_was_checked",
                "renewal | stored_at=null;bound_at=null;verified_at=null | renewal_publishes_what_is_stored",
                "renewal | stored_at=null;trust_published_at=null;verified_at=null | renewal_binds_what_is_stored",
                "renewal | bound_at=null | renewal_verifies_what_is_bound",
                "renewal | outcome=null;closed_at=null | renewal_outcome_is_whole",
                "renewal | outcome=null;sentence=null;outcome_at=null | renewal_closes_with_an_outcome",
                // words that the code does not know
                "renewal | reason='WHIM' | renewal_reason_check",
                "sealed_key | spec='RSA_1024' | sealed_key_spec_check",
                "next_look | reason='whim' | next_look_reason_check",
                "alert_outbox | severity='LOUD' | alert_outbox_severity_check",
                "trust_certificate | role='FRIEND' | trust_certificate_role_check",
                // values that mean nothing
                "renewal | certificate_name='' | renewal_certificate_name_check",
                "renewal | times_asked=-1 | renewal_times_asked_check",
                "renewal | failures=-1 | renewal_failures_check",
                "sealed_key | nonce='\\x00' | sealed_key_nonce_check",
                "certificate | sha256='abc' | certificate_sha256_check",
                "certificate | thumbprint='bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' | certificate_thumbprint_check",
                "certificate | chain='' | certificate_chain_check",
                "alert_outbox | recipient='nobody' | alert_outbox_recipient_check",
                "alert_outbox | next_try=null | alert_given_up_with_a_reason",
                "alert_outbox | delivered_at=now();last_failure='x' | alert_delivered_has_no_failure",
                "host_lock | token=0 | host_lock_token_check",
                "listener_assignment | certificate_sha256='x' | listener_assignment_certificate_sha256_check",
                "trust_certificate | effective_from=now() - interval '1 day' | trust_certificate_check",
                // what our checks refused, or what is retired, is never in use
                "certificate | accepted_at=null | certificate_in_use_was_accepted",
                "certificate | in_use_since=null | certificate_in_use_is_not_retired",
                "certificate | retired_at=now() | certificate_in_use_is_not_retired"
            })
    void a_row_that_breaks_a_rule_is_refused(String table, String change, String constraint) {
        assertThatThrownBy(() -> insert(table, change))
                .isInstanceOf(LifecycleException.class)
                .hasMessageContaining("violates check constraint \"" + constraint + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certificate | renewal_id='00000000-0000-0000-0000-000000000009' | certificate_renewal_id_fkey",
                "certificate | key_id='00000000-0000-0000-0000-000000000009' | certificate_key_id_fkey",
                "binding_snapshot | renewal_id='00000000-0000-0000-0000-000000000009' | binding_snapshot_renewal_id_fkey",
                "trust_certificate | group_name='nobody';role='ANCHOR' | trust_certificate_group_name_fkey",
                "trust_publication | group_name='nobody' | trust_publication_group_name_fkey"
            })
    void a_row_that_points_nowhere_is_refused(String table, String change, String constraint)
            throws LifecycleException {
        insertAll();
        DATABASE.database().update("delete from binding_snapshot");
        DATABASE.database().update("update certificate set in_use = false");
        String other = table.equals("certificate") ? ";sha256='" + "D".repeat(64) + "'" : "";

        assertThatThrownBy(() -> insert(table, change + other))
                .hasMessageContaining("violates foreign key constraint \"" + constraint + "\"");
    }

    @Test
    void a_renewal_that_names_a_certificate_nobody_has_is_refused_when_it_is_committed() throws LifecycleException {
        insert("sealed_key", "");

        assertThatThrownBy(() -> insert("renewal", ""))
                .hasMessageContaining("violates foreign key constraint \"renewal_certificate_sha256_fkey\"");
    }

    private static void insertAll() throws LifecycleException {
        DATABASE.database().inTransaction(() -> {
            for (String table : new String[] {
                "sealed_key",
                "renewal",
                "certificate",
                "next_look",
                "alert_outbox",
                "binding_snapshot",
                "host_lock",
                "listener_assignment",
                "trust_group",
                "trust_certificate",
                "trust_publication"
            }) {
                insert(table, "");
            }
            return GOOD;
        });
    }

    /** A good row with some columns changed, {@code column=literal;…}. */
    private static void insert(String table, String change) throws LifecycleException {
        Map<String, String> row = columns(GOOD.getOrDefault(table, ""));
        row.putAll(columns(change));
        DATABASE.database()
                .update("insert into " + table + " (" + String.join(", ", row.keySet()) + ") values ("
                        + row.values().stream().collect(Collectors.joining(", ")) + ")");
    }

    private static Map<String, String> columns(String text) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                columns.put(part.substring(0, equals).strip(), part.substring(equals + 1));
            }
        }
        return columns;
    }
}
