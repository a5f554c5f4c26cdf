package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuerCommandTest {
    private static final String NL = System.lineSeparator();
    private static final GivenWishes WISHES = new GivenWishes(
            GivenWishes.wish("wsus01", "corp", "wsus-clients"), GivenWishes.wish("wsus02", "corp", "wsus-clients"));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestableIssuer corp = new TestableIssuer("corp", "corp: answers");
    private final TestableIssuer gone = new TestableIssuer("gone", "");

    private Run run(String... words) {
        return Run.of(
                OpenedHouse.of(new ClosedRooms() {
                    @Override
                    public Wishes wishes() {
                        return WISHES;
                    }

                    @Override
                    public Issuers issuers() {
                        return new Configured(List.of(corp, gone));
                    }

                    @Override
                    public Circuits circuits() {
                        return new Circuits(memory, clock);
                    }
                }),
                words);
    }

    @Test
    void lists_issuers_with_the_certificates_that_come_from_them() {
        assertThat(run("issuer", "list"))
                .isEqualTo(new Run(
                        0,
                        "ISSUER  TYPE      CERTIFICATES    OUT OF REACH" + NL + "corp    scripted  wsus01, wsus02" + NL
                                + "gone    scripted" + NL,
                        ""));
        assertThat(run("issuer", "list", "--json").out())
                .isEqualTo(
                        "{\"issuers\":[{\"name\":\"corp\",\"type\":\"scripted\",\"certificates\":[\"wsus01\",\"wsus02\"]},"
                                + "{\"name\":\"gone\",\"type\":\"scripted\",\"certificates\":[]}]}" + NL);
    }

    @Test
    void reaches_an_issuer_and_says_what_was_found() {
        assertThat(run("issuer", "test", "corp")).isEqualTo(new Run(0, "corp: answers" + NL, ""));
        assertThat(run("issuer", "test", "corp", "--json").out())
                .isEqualTo("{\"issuer\":\"corp\",\"type\":\"scripted\",\"message\":\"corp: answers\"}" + NL);
    }

    @Test
    void says_that_an_issuer_is_out_of_reach() {
        assertThat(run("issuer", "test", "gone"))
                .isEqualTo(new Run(5, "", "certwright: issuer gone: nobody answers" + NL));
    }

    @Test
    void lists_since_when_a_ca_is_out_of_reach_until_a_test_reaches_it() throws Exception {
        Circuits circuits = new Circuits(memory, clock);
        for (int time = 0; time < 3; time++) {
            circuits.failed(corp.name(), new LifecycleException(FailureKind.UNREACHABLE, "TEST", "no route"));
        }
        assertThat(run("issuer", "list").out())
                .contains(
                        "was out of reach 3 times in a row since 2026-11-22T10:00:00Z (no route) and is asked again from"
                                + " 2026-11-22T10:01:00Z on");
        assertThat(run("issuer", "list", "--json").out())
                .contains("\"outOfReachSince\":\"2026-11-22T10:00:00Z\",\"askedAgainAt\":\"2026-11-22T10:01:00Z\"");
        assertThat(run("issuer", "test", "corp").exit()).isZero();
        assertThat(run("issuer", "list").out()).doesNotContain("no route");
    }

    @Test
    void only_a_ca_that_knows_us_by_a_key_gets_another_one() {
        assertThat(run("issuer", "rotate-key", "corp"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: issuer corp (scripted): has no account key; only CAs of type acme know us by one"
                                + NL));
    }

    @Test
    void names_the_issuer_that_was_perhaps_meant() {
        assertThat(run("issuer", "test", "crop"))
                .isEqualTo(new Run(
                        2, "", "certwright: issuer \"crop\": not in the settings; did you mean \"corp\"?" + NL));
        assertThat(run("issuer", "test", "letsencrypt"))
                .isEqualTo(new Run(
                        2, "", "certwright: issuer \"letsencrypt\": not in the settings; there are: corp, gone" + NL));
    }

    private record Configured(List<Issuer> issuers) implements Issuers {
        @Override
        public Issuer get(IssuerName name) {
            return issuers.stream()
                    .filter(issuer -> issuer.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Can be reached, or not when it has nothing to say; issuing from it fails the test. */
    private record TestableIssuer(String word, String found) implements Issuer {
        @Override
        public IssuerName name() {
            return new IssuerName(word);
        }

        @Override
        public String type() {
            return "scripted";
        }

        @Override
        public EnrollmentResult request(EnrollmentRequest request) {
            throw new AssertionError("a test of an issuer must not issue");
        }

        @Override
        public EnrollmentResult collect(EnrollmentRequest request, RequestId id) {
            throw new AssertionError("a test of an issuer must not issue");
        }

        @Override
        public List<X509Certificate> anchors() {
            return List.of();
        }

        @Override
        public String test() throws LifecycleException {
            if (found.isEmpty()) {
                throw new LifecycleException(
                        FailureKind.UNREACHABLE, "CA_UNREACHABLE", "issuer " + word + ": nobody answers");
            }
            return found;
        }
    }
}
