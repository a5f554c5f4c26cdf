package io.certwright.enrollment.cmp;

import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every issuer, kept in several manners with a CMP server written from the RFCs. */
class CmpContractTest {
    @TempDir
    static Path folder;

    private static TestCmpServer server;
    private static int nobodysPort;

    @BeforeAll
    static void startServer() throws IOException {
        server = TestCmpServer.plain();
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodysPort = closed.getLocalPort();
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    abstract static class Manners extends IssuerContract {
        private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
        private boolean reachable = true;

        @BeforeEach
        void followRealTime() {
            clock.moveTo(Instant.now());
        }

        /** Afterwards, for nodes are opened before any test has its say. */
        @AfterEach
        void beginAnew() {
            server.beginAnew();
        }

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected Issuer node() {
            return nodeOn(memory);
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            CmpDesk desk = new CmpDesk(folder, SEALER, seen, server).at(clock).pausing(Manners::pause);
            return setUp(reachable ? desk : desk.through("http://127.0.0.1:" + nobodysPort + "/cmp", HttpAccess.DIRECT))
                    .issuer();
        }

        @Override
        protected void become(Treatment treatment) {
            reachable = treatment != Treatment.IS_OUT_OF_REACH;
            server.ca()
                    .be(
                            switch (treatment) {
                                case PENDS -> TestCmpCa.Mood.PENDS;
                                case DENIES -> TestCmpCa.Mood.DENIES;
                                default -> TestCmpCa.Mood.ISSUES;
                            });
            server.treat(
                    switch (treatment) {
                        case ANSWERS_GARBAGE -> TestCmpServer.Manner.SENDS_A_WEB_PAGE;
                        case LOSES_ITS_ANSWER -> TestCmpServer.Manner.LOSES_ITS_ANSWER;
                        default -> TestCmpServer.Manner.WELL;
                    });
        }

        @Override
        protected OptionalInt made() {
            return OptionalInt.of(server.ca().made());
        }

        abstract CmpDesk setUp(CmpDesk desk);

        private static void pause(Duration duration) {
            try {
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class BySecret extends Manners {
        @Override
        CmpDesk setUp(CmpDesk desk) {
            return desk.confirming(Manner.Confirmation.EXPLICIT);
        }
    }

    @Nested
    class BySignatureOverACsr extends Manners {
        @Override
        CmpDesk setUp(CmpDesk desk) {
            return desk.signingAs(server.ca().issuing().leaf("client.certwright.test"))
                    .asking(Manner.Message.P10CR)
                    .confirming(Manner.Confirmation.EXPLICIT);
        }
    }
}
