package io.certwright.enrollment.acme;

import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
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

    @BeforeAll
    static void startServers() {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of("PEBBLE_WFE_NONCEREJECT", "20"));
    }

    @AfterAll
    static void stopServers() throws Exception {
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
        protected Issuer node() {
            return AcmeBench.issuer(settings(), memory, SEALER);
        }
    }

    @Nested
    class ByHttp01 extends OnPebble {
        @Override
        AcmeSettings settings() {
            return AcmeBench.http01(pebble);
        }
    }

    @Nested
    class ByDns01 extends OnPebble {
        @Override
        AcmeSettings settings() {
            return AcmeBench.settings(pebble, Optional.empty(), Optional.of(AcmeBench.updating(names, TestNames.KEY)));
        }
    }
}
