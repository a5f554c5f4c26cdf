package io.certwright.enrollment.acme;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.FaultyRelay.Fault;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.testing.TestRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
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

    abstract static class OnPebble extends IssuerContract {
        private final MemoryIssuerMemory memory = new MemoryIssuerMemory();

        abstract AcmeSettings settings();

        @BeforeEach
        void followRealTime() {
            clock.moveTo(Instant.now().plusSeconds(60));
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
        protected Issuer node() {
            return AcmeBench.issuer(settings(), memory, SEALER);
        }
    }

    /** Through a relay that spoils exchanges. */
    @Nested
    class ByHttp01 extends OnPebble {
        private final AtomicReference<String> firstName = new AtomicReference<>("wsus.certwright.test");
        private long madeBefore;

        @BeforeEach
        void count() throws Exception {
            relay.spoil(-1, Fault.HTML);
            madeBefore = pebble.issued();
        }

        @AfterEach
        void calmDown() {
            relay.spoil(-1, Fault.HTML);
        }

        @Override
        AcmeSettings settings() {
            return AcmeBench.http01(pebble, relay.port(), folder.resolve("relay.pem"));
        }

        @Override
        protected void become(Treatment treatment) {
            firstName.set(treatment == Treatment.DENIES ? "blocked-domain.example" : "wsus.certwright.test");
            switch (treatment) {
                case ISSUES, DENIES -> relay.spoil(-1, Fault.HTML);
                case IS_OUT_OF_REACH -> relay.spoilEach("/", Fault.RESET_BEFORE);
                case ANSWERS_GARBAGE -> relay.spoilEach("/", Fault.HTML);
                case LOSES_ITS_ANSWER -> relay.spoilEach("/finalize-order", Fault.RESET_AFTER);
                case PENDS -> throw cannot("pebble looks at once; a CA that takes its time is shown by AcmeIssuerTest");
            }
        }

        @Override
        protected EnrollmentRequest newRequest() {
            return TestRequests.fresh(SEALER, KeySpec.P_256, clock.instant(), firstName.get(), "wsus2.certwright.test");
        }

        @Override
        protected OptionalInt made() throws Exception {
            return OptionalInt.of((int) (pebble.issued() - madeBefore));
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            throw cannot("a dead node would keep its port within this process; shown by dns-01");
        }
    }

    @Nested
    class ByDns01 extends OnPebble {
        private long madeBefore;

        @BeforeEach
        void count() throws Exception {
            madeBefore = pebble.issued();
        }

        @Override
        AcmeSettings settings() {
            return AcmeBench.settings(pebble, Optional.empty(), Optional.of(AcmeBench.updating(names, TestNames.KEY)));
        }

        @Override
        protected void become(Treatment treatment) {
            if (treatment != Treatment.ISSUES) {
                throw cannot("how the CA treats us does not depend on the challenge; shown by http-01");
            }
        }

        @Override
        protected OptionalInt made() throws Exception {
            return OptionalInt.of((int) (pebble.issued() - madeBefore));
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            return AcmeBench.issuer(settings(), seen, SEALER);
        }
    }
}
