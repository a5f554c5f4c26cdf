package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseTest {
    @RegisterExtension
    static final TestDatabase TEST = new TestDatabase();

    private Database database;

    @BeforeEach
    void makeTable() throws LifecycleException {
        database = TEST.database();
        database.update("DROP TABLE IF EXISTS thing");
        database.update("CREATE TABLE thing (name text CONSTRAINT thing_name_once UNIQUE, size int)");
    }

    @Test
    void every_kind_of_value_comes_back_as_it_went_in() throws LifecycleException {
        database.update("""
                CREATE TABLE IF NOT EXISTS kinds (
                    a text, b int, c bigint, d boolean, e timestamptz, f bigint, g uuid, h bytea, i text, j text[], k text)""");
        UUID uuid = new UUID(1, 2);
        Instant at = Instant.parse("2026-11-22T10:11:12.123456Z");
        database.update(
                "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                "wörd",
                7,
                8L,
                true,
                at.plusNanos(999),
                Duration.ofSeconds(3),
                uuid,
                new byte[] {0, -1},
                FailureKind.REFUSED,
                List.of("x", "y,z"),
                Optional.empty());

        Optional<Boolean> read = database.find("SELECT * FROM kinds", row -> {
            assertThat(row.text("a")).isEqualTo("wörd");
            assertThat(row.integer("b")).isEqualTo(7);
            assertThat(row.number("c")).isEqualTo(8);
            assertThat(row.flag("d")).isTrue();
            assertThat(row.instant("e")).isEqualTo(at);
            assertThat(row.duration("f")).isEqualTo(Duration.ofSeconds(3));
            assertThat(row.uuid("g")).isEqualTo(uuid);
            assertThat(row.bytes("h")).containsExactly(0, -1);
            assertThat(row.choice("i", FailureKind.class)).isEqualTo(FailureKind.REFUSED);
            assertThat(row.texts("j")).containsExactly("x", "y,z");
            assertThat(row.findText("k")).isEmpty();
            return true;
        });

        assertThat(read).contains(true);
    }

    @Test
    void a_null_where_a_value_is_wanted_names_its_column() throws LifecycleException {
        database.update("INSERT INTO thing VALUES (?, ?)", "a", Optional.empty());

        assertThatThrownBy(() -> database.list("SELECT size FROM thing", row -> row.integer("size")))
                .isInstanceOf(LifecycleException.class)
                .hasMessageEndingWith("query failed: column size: got NULL, wanted a value");
    }

    @Test
    void a_failed_transaction_leaves_nothing() throws LifecycleException {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    database.update("INSERT INTO thing VALUES (?, ?)", "a", 1);
                    throw new LifecycleException(FailureKind.REFUSED, "NO", "no");
                }))
                .hasMessage("no");

        assertThat(names()).isEmpty();
    }

    @Test
    void an_inner_transaction_joins_the_outer_one() throws LifecycleException {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    database.inTransaction(() -> database.update("INSERT INTO thing VALUES (?, ?)", "a", 1));
                    throw new IllegalStateException("after the inner one");
                }))
                .hasMessage("after the inner one");

        assertThat(names()).isEmpty();
    }

    @Test
    void a_failure_that_was_passed_over_still_undoes_the_whole() throws LifecycleException {
        LifecycleException failure = catchThrowableOfType(
                LifecycleException.class,
                () -> database.inTransaction(() -> {
                    database.update("INSERT INTO thing VALUES (?, ?)", "a", 1);
                    try {
                        database.inTransaction(() -> {
                            throw new IllegalStateException("passed over");
                        });
                    } catch (IllegalStateException passedOver) {
                        database.update("INSERT INTO thing VALUES (?, ?)", "b", 1);
                    }
                    return true;
                }));

        assertThat(failure.code()).isEqualTo("DATABASE_ROLLED_BACK");
        assertThat(names()).isEmpty();
    }

    @Test
    void a_second_row_of_the_same_name_is_a_conflict_that_names_its_constraint() throws LifecycleException {
        database.update("INSERT INTO thing VALUES (?, ?)", "a", 1);

        ConflictException conflict = catchThrowableOfType(
                ConflictException.class, () -> database.update("INSERT INTO thing VALUES (?, ?)", "a", 2));

        assertThat(conflict.constraint()).isEqualTo("thing_name_once");
        assertThat(conflict.code()).isEqualTo("DATABASE_CONFLICT");
        assertThat(conflict)
                .hasMessage("database " + database.address()
                        + ": query failed: duplicate key value violates unique constraint \"thing_name_once\"");
    }

    @Test
    void the_server_says_how_it_is() throws LifecycleException {
        PostgresHealth health = PostgresHealth.of(database);

        assertThat(health.version()).startsWith("17.");
        assertThat(health.bytes()).isGreaterThan(1_000_000);
        assertThat(health.connections()).isBetween(1, health.connectionLimit());
    }

    @Test
    void a_database_that_nobody_answers_at_is_unreachable() {
        DatabaseAddress nobody = DatabaseAddress.external("jdbc:postgresql://127.0.0.1:1/none", "x", new char[] {'y'});
        try (Database absent = Database.single(nobody, DatabaseLimits.standard())) {
            LifecycleException failure =
                    catchThrowableOfType(LifecycleException.class, () -> absent.update("SELECT 1"));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure.code()).isEqualTo("DATABASE_UNREACHABLE");
            assertThat(failure.getMessage())
                    .isEqualTo(
                            "database 127.0.0.1:1/none cannot be reached: nobody listens there; check that it runs and that"
                                    + " this machine may connect to it");
        }
    }

    @Test
    void a_wrong_password_is_told_apart_from_an_absent_server() {
        DatabaseAddress wrong = DatabaseAddress.external(
                database.address().url(), database.address().user(), new char[] {'n', 'o'});
        try (Database refused = Database.single(wrong, DatabaseLimits.standard())) {
            LifecycleException failure =
                    catchThrowableOfType(LifecycleException.class, () -> refused.update("SELECT 1"));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(failure)
                    .hasMessage("database " + database.address()
                            + ": it refuses the user or the password: password authentication failed for user \"certwright\""
                            + "; put the right ones under database in the settings");
        }
    }

    @Test
    void a_login_within_the_url_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> DatabaseAddress.external(
                        "jdbc:postgresql://db/certwright?user=a&password=hush", "a", new char[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("database URL: got a user or password within \"jdbc:postgresql://db/certwright\","
                        + " wanted them as user and password beside the URL");
    }

    private List<String> names() throws LifecycleException {
        return database.list("SELECT name FROM thing ORDER BY name", row -> row.text("name"));
    }
}
