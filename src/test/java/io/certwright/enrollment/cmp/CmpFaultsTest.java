package io.certwright.enrollment.cmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Pending;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.FaultyRelay.Fault;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each exchange of an issuance that is polled and confirmed is spoiled in each way, over TLS; gone on with, there is one certificate. */
class CmpFaultsTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final Duration A_WHILE = Duration.ofMinutes(3);

    @TempDir
    static Path folder;

    private static TestCmpServer server;
    private static FaultyRelay relay;

    @BeforeAll
    static void startServers() throws Exception {
        server = TestCmpServer.tls();
        relay = FaultyRelay.to(server.port(), server.trust());
        Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
    }

    @AfterAll
    static void stopServers() {
        relay.close();
        server.close();
    }

    private static CmpIssuer issuer(MemoryIssuerMemory memory, MovableClock clock) {
        return new CmpDesk(folder, SEALER, memory, server)
                .through(
                        "https://127.0.0.1:" + relay.port() + "/cmp",
                        new HttpAccess(List.of(folder.resolve("relay.pem")), Optional.empty()))
                .confirming(Manner.Confirmation.EXPLICIT)
                .at(clock)
                .issuer();
    }

    /** Asked, told to wait, polled twice, confirmed. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatever_is_spoiled_ends_in_one_certificate_that_is_confirmed(Fault fault) throws Exception {
        spoilEach(fault, TestCmpCa.Mood.PENDS, 4);
    }

    /** Asked, confirmed. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_ca_that_decides_at_once_is_confirmed_whatever_is_spoiled(Fault fault) throws Exception {
        spoilEach(fault, TestCmpCa.Mood.ISSUES, 2);
    }

    private static void spoilEach(Fault fault, TestCmpCa.Mood mood, int exchanges) throws Exception {
        for (int exchange = 0; exchange < exchanges; exchange++) {
            server.beginAnew();
            server.ca().be(mood);
            relay.spoil(exchange, fault);
            EnrollmentRequest request =
                    TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test");
            String what = fault + " of exchange " + exchange;
            assertThat(goneThrough(request)).as(what).isInstanceOf(Issued.class);
            assertThat(server.ca().made()).as(what).isEqualTo(1);
            assertThat(server.ca().confirmed()).as(what).isEqualTo(1);
            assertThat(server.ca().transactions()).as(what).isEqualTo(1);
        }
    }

    /** As the story goes on: asked, looked up where the answer was lost, collected until there is a decision. */
    private static EnrollmentResult goneThrough(EnrollmentRequest request) throws Exception {
        MemoryIssuerMemory memory = new MemoryIssuerMemory();
        MovableClock clock = new MovableClock(Instant.now());
        Optional<EnrollmentResult> answer = Optional.empty();
        boolean asked = false;
        for (int step = 0; step < 6 && !(answer.isPresent() && answer.get() instanceof Issued); step++) {
            CmpIssuer node = issuer(memory, clock);
            try {
                if (answer.isPresent() && answer.get() instanceof Pending pending) {
                    server.ca().be(TestCmpCa.Mood.ISSUES);
                    answer = Optional.of(node.collect(request, pending.id()));
                } else {
                    Optional<EnrollmentResult> found = asked ? node.lookUp(request) : Optional.empty();
                    answer = Optional.of(found.isPresent() ? found.get() : node.request(request));
                }
            } catch (LifecycleException failed) {
                asked |= failed instanceof AnswerLostException;
                assertThat(failed.kind())
                        .isIn(
                                FailureKind.UNREACHABLE,
                                FailureKind.MALFORMED_ANSWER,
                                FailureKind.THROTTLED,
                                FailureKind.REFUSED);
            }
            clock.advance(A_WHILE);
        }
        return answer.orElseThrow();
    }
}
