package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.Mishap.Kind;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in the folder of a site of a simulated server: what is there while a CA looks, and what is there afterwards. */
class HostWebRootTest {
    private static final String ROOT = "C:\\inetpub\\wwwroot";
    private static final String ACCOUNT = ".LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";
    private static final String STRANGER = ".AoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";
    private static final String OLD = "old-answer-of-a-killed-run";

    private final SimulatedServer server = new SimulatedServer(
            "wsus01", 17763, new MovableClock(Instant.parse("2026-11-22T03:00:00Z")), new SecureRandom());
    private final HostWebRoot webRoot = new HostWebRoot(new IssuerName("le"), server.host(), ROOT);
    private final ChallengeAnswer first = answer("first-answer-of-this-order");
    private final ChallengeAnswer second = answer("second-answer-of-this-order");

    private static ChallengeAnswer answer(String token) {
        return new ChallengeAnswer("wsus.contoso.com", token, token + ACCOUNT, "");
    }

    @BeforeEach
    void serve() {
        server.addSite(1, "Default Web Site");
        server.serveFolder(1, ROOT);
    }

    private List<String> files() {
        return server.challengeFiles(ROOT);
    }

    private LifecycleException failureOf(ChallengeAnswer... answers) {
        return catchThrowableOfType(LifecycleException.class, () -> webRoot.showAll(List.of(answers)));
    }

    @Test
    void all_answers_of_an_order_come_in_one_visit_and_go_with_the_last() throws Exception {
        webRoot.showAll(List.of(first, second));
        assertThat(files()).containsExactly(first.token(), second.token(), "web.config");

        webRoot.withdraw(first);
        assertThat(files()).containsExactly(first.token(), second.token(), "web.config");

        webRoot.withdraw(second);
        webRoot.withdraw(second);
        assertThat(files()).isEmpty();
        assertThat(server.called())
                .containsExactly(
                        "Set-ChallengeAnswer",
                        "Set-ChallengeAnswer",
                        "Remove-ChallengeAnswer",
                        "Remove-ChallengeAnswer",
                        "Get-ChallengeAnswers");
    }

    @Test
    void a_web_config_of_other_people_stays_as_it_is() throws Exception {
        server.putChallengeFile(ROOT, "web.config", "<configuration/>", Duration.ZERO);
        webRoot.show(first);
        webRoot.withdraw(first);
        assertThat(files()).containsExactly("web.config");
    }

    @Test
    void an_answer_that_could_not_be_removed_goes_with_the_next_order() throws Exception {
        webRoot.show(first);
        server.plan(Mishap.at("Remove-ChallengeAnswer", false, Kind.ERROR));
        webRoot.withdraw(first);
        assertThat(files()).containsExactly(first.token(), "web.config");

        webRoot.show(second);
        webRoot.withdraw(second);
        assertThat(files()).isEmpty();
    }

    @Test
    void what_a_killed_run_left_goes_with_the_next_order_once_it_is_old() throws Exception {
        server.putChallengeFile(ROOT, OLD, OLD + ACCOUNT, Duration.ofMinutes(31));
        server.putChallengeFile(
                ROOT,
                "answer-that-another-node-shows",
                "answer-that-another-node-shows" + ACCOUNT,
                Duration.ofMinutes(1));
        server.putChallengeFile(
                ROOT, "old-answer-of-another-program", "old-answer-of-another-program" + STRANGER, Duration.ofDays(9));
        webRoot.show(first);
        webRoot.withdraw(first);
        assertThat(files())
                .containsExactly("answer-that-another-node-shows", "old-answer-of-another-program", "web.config");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ERROR", "CONNECTION_LOST", "HALF_ANSWER", "GARBAGE"})
    void what_a_visit_that_failed_half_way_wrote_is_removed(Kind kind) {
        server.plan(Mishap.at("Set-ChallengeAnswer", true, kind));
        LifecycleException failure = failureOf(first, second);
        assertThat(failure).hasMessageStartingWith("issuer le: host wsus01: ");
        assertThat(files()).contains(first.token());

        webRoot.withdraw(first);
        webRoot.withdraw(second);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_host_that_is_out_of_reach_is_tried_again_later() {
        server.plan(Mishap.at("Set-ChallengeAnswer", false, Kind.CONNECTION_LOST));
        assertThat(failureOf(first))
                .hasMessage(
                        "issuer le: host wsus01: the connection was lost in the middle of a visit; it is tried again")
                .extracting(LifecycleException::kind)
                .isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void an_account_that_may_not_write_is_told_so() {
        server.with(Behaviour.FILTERS_TOKEN);
        assertThat(failureOf(first))
                .hasMessage(
                        "issuer le: host wsus01: Set-ChallengeAnswer failed: the account may not do that on the host"
                                + " (0x80070005, Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))); make it a"
                                + " member of the local Administrators there, and log on without a token that UAC filtered")
                .extracting(LifecycleException::kind)
                .isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(catchThrowableOfType(LifecycleException.class, webRoot::test))
                .hasMessageStartingWith("host wsus01: account \"WSUS01\\certwright\" has no administrator's token");
    }

    @Test
    void a_root_that_is_not_there_is_not_made() {
        HostWebRoot elsewhere = new HostWebRoot(new IssuerName("le"), server.host(), "D:\\web");
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> elsewhere.show(first));
        assertThat(failure)
                .hasMessageContaining("Set-ChallengeAnswer failed: ")
                .hasMessageContaining("Cannot find path 'D:\\web' because it does not exist.");
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        elsewhere.withdraw(first);
        assertThat(server.challengeFiles("D:\\web")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..\\..\\Windows\\win.ini......", "../../../../web.config.....", "NUL", "web.config"})
    void a_token_that_would_leave_the_folder_reaches_no_host(String token) {
        LifecycleException failure = failureOf(first, answer(token));
        assertThat(failure)
                .hasMessageStartingWith(
                        "issuer le: for \"wsus.contoso.com\" the CA gives a challenge that names no file on"
                                + " host wsus01 (token: got \"")
                .hasMessageEndingWith(
                        "wanted 22 to 128 characters of base64url); look at what stands between here and the CA");
        assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        webRoot.withdraw(answer(token));
        webRoot.withdraw(first);
        assertThat(server.called()).isEmpty();
    }

    @Test
    void a_test_only_looks() throws Exception {
        assertThat(webRoot.test()).isEqualTo("can write to \"C:\\inetpub\\wwwroot\" of host wsus01");
        assertThat(server.called()).containsExactly("Get-HostFacts", "Get-ChallengeAnswers");
    }
}
