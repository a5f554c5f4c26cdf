package io.certwright.enrollment.est;

import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.est.TestEstServer.Mood;
import io.certwright.http.BasicUser;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every issuer, kept with a server written from the RFC. */
class EstContractTest extends IssuerContract {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    static Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestEstServer server = new TestEstServer();

    @BeforeEach
    void followRealTime() {
        clock.moveTo(Instant.now());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    protected IssuerMemory memory() {
        return memory;
    }

    @Override
    protected Issuer node() throws Exception {
        return nodeOn(memory);
    }

    @Override
    protected Issuer nodeOn(IssuerMemory seen) throws Exception {
        return node(server, folder, seen, clock);
    }

    @Override
    protected void become(Treatment treatment) {
        server.be(
                switch (treatment) {
                    case ISSUES -> Mood.ISSUES;
                    case PENDS -> Mood.PENDS;
                    case DENIES -> Mood.DENIES;
                    case IS_OUT_OF_REACH -> Mood.TAKES_NO_CALLS;
                    case ANSWERS_GARBAGE -> Mood.SENDS_A_WEB_PAGE;
                    case LOSES_ITS_ANSWER -> Mood.LOSES_ITS_ANSWER;
                });
    }

    @Override
    protected OptionalInt made() {
        return OptionalInt.of(server.issued());
    }

    static EstIssuer node(TestEstServer server, Path folder, IssuerMemory memory, Clock clock) throws Exception {
        Path root = Files.writeString(
                folder.resolve("root-" + server.port() + ".pem"),
                PemCodec.certificate(server.root().certificate()));
        EstSettings settings = new EstSettings(
                URI.create("https://127.0.0.1:" + server.port()),
                "servers",
                new HttpAccess(List.of(root), Optional.empty()),
                Optional.of(new BasicUser("pki", SecretText.of("s3crét"))),
                List.of(root));
        return new EstIssuer(
                new IssuerName("est"), settings, new EstParts(memory, SEALER, clock, RANDOM, EstContractTest::pause));
    }

    private static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
