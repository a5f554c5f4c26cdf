package io.certwright.enrollment.acme;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.PollPause;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.FaultyRelay.Fault;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.testing.TestRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every issuer, kept with pebble, which really validates, and refuses every fifth nonce. */
class AcmeContractTest {
    @TempDir
    static Path folder;

    private static TestNames names;
    private static TestPebble pebble;
    private static FaultyRelay relay;

    @BeforeAll
    static void startServers() throws Exception {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of("PEBBLE_WFE_NONCEREJECT", "20"));
        relay = FaultyRelay.to(pebble.port(), pebble.trust());
        Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (relay != null) {
            relay.close();
        }
        if (pebble != null) {
            pebble.close();
        }
        if (names != null) {
            names.close();
        }
    }

    /** Through a relay that spoils exchanges, or holds the CA's yes back. */
    abstract static class OnPebble extends IssuerContract {
        private static final String ORDERS = "/my-order/";

        /** A CA that is asked to wait an hour is not waited for; the looks before that are the same without a pause. */
        private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

        private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
        private String firstName = "wsus.certwright.test";
        private PollPause pause = AcmeBench::pause;
        private long madeBefore;

        abstract AcmeSettings settings();

        @BeforeEach
        void begin() throws Exception {
            clock.moveTo(Instant.now().plusSeconds(60));
            relay.spoil(-1, Fault.HTML);
            madeBefore = pebble.issued();
        }

        @AfterEach
        void calmDown() {
            relay.spoil(-1, Fault.HTML);
            relay.leaveAlone(ORDERS);
        }

        @Override
        protected void become(Treatment treatment) {
            firstName = treatment == Treatment.DENIES ? "blocked-domain.example" : "wsus.certwright.test";
            pause = AcmeBench::pause;
            relay.leaveAlone(ORDERS);
            switch (treatment) {
                case ISSUES, DENIES -> relay.spoil(-1, Fault.HTML);
                case IS_OUT_OF_REACH -> relay.spoilEach("/", Fault.RESET_BEFORE);
                case ANSWERS_GARBAGE -> relay.spoilEach("/", Fault.HTML);
                case LOSES_ITS_ANSWER -> relay.spoilEach("/finalize-order", Fault.RESET_AFTER);
                case PENDS -> {
                    relay.rewrite(ORDERS, OnPebble::stillProcessing);
                    pause = wait -> AcmeBench.pause(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
                }
            }
        }

        /** What a CA says of an order whose certificate it is still making (RFC 8555, 7.4); pebble never takes that long. */
        private static String stillProcessing(String answer) {
            return answer.contains("\"status\": \"valid\"")
                    ? answer.replace("\"status\": \"valid\"", "\"status\": \"processing\"")
                            .replaceFirst(",\\s*\"certificate\": \"[^\"]*\"", "")
                            .replaceFirst("(?i)\r\nContent-Length: [0-9]+", "")
                            .replaceFirst("\r\n", "\r\nRetry-After: 3600\r\n")
                    : answer;
        }

        @Override
        protected EnrollmentRequest newRequest() {
            return TestRequests.fresh(SEALER, KeySpec.P_256, clock.instant(), firstName, "wsus2.certwright.test");
        }

        @Override
        protected boolean repeatsTheFirstNameAsCommonName() {
            return false;
        }

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected OptionalInt made() throws Exception {
            return OptionalInt.of((int) (pebble.issued() - madeBefore));
        }

        @Override
        protected Issuer node() {
            return AcmeBench.pausing(settings(), memory, SEALER, pause);
        }

        AcmeSettings throughRelay(Optional<Http01Settings> http, Optional<Dns01Settings> dns) {
            return AcmeBench.through(relay.port(), folder.resolve("relay.pem"), pebble, http, dns);
        }
    }

    @Nested
    class ByHttp01 extends OnPebble {
        @Override
        AcmeSettings settings() {
            return throughRelay(Optional.of(AcmeBench.listening(pebble.httpPort())), Optional.empty());
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            throw cannot("a dead node would keep its port within this process; shown by dns-01");
        }
    }

    @Nested
    class ByDns01 extends OnPebble {
        @Override
        AcmeSettings settings() {
            return throughRelay(Optional.empty(), Optional.of(AcmeBench.updating(names, TestNames.KEY)));
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            return AcmeBench.issuer(settings(), seen, SEALER);
        }
    }
}
