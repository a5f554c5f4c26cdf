package io.certwright.enrollment.scep;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.scep.TestScepServer.Mood;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestRequests;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every issuer, kept with a server written from the RFC, which pends, denies and loses answers as it is told. */
class ScepByTheBookContractTest extends IssuerContract {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    static Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestScepServer server = new TestScepServer();

    @BeforeEach
    void followRealTime() {
        clock.moveTo(Instant.now().plusSeconds(60));
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
        Path anchor = Files.writeString(
                folder.resolve("root-" + server.port() + ".pem"),
                PemCodec.certificate(server.root().certificate()));
        ScepSettings settings = new ScepSettings(
                URI.create("http://127.0.0.1:" + server.port() + "/scep"),
                HttpAccess.DIRECT,
                Optional.empty(),
                Optional.empty(),
                List.of(anchor),
                "ca",
                Duration.ofMinutes(15));
        return new ScepIssuer(
                new IssuerName("scep"), settings, new ScepParts(seen, SEALER, clock, RANDOM, ScepContractTest::pause));
    }

    @Override
    protected void become(Treatment treatment) {
        server.be(
                switch (treatment) {
                    case ISSUES -> Mood.ISSUES;
                    case PENDS -> Mood.PENDS;
                    case DENIES -> Mood.FAILS;
                    case IS_OUT_OF_REACH -> Mood.TAKES_NO_CALLS;
                    case ANSWERS_GARBAGE -> Mood.SENDS_A_WEB_PAGE;
                    case LOSES_ITS_ANSWER -> Mood.LOSES_ITS_ANSWER;
                });
    }

    @Override
    protected OptionalInt made() {
        return OptionalInt.of(server.issued());
    }

    @Override
    protected EnrollmentRequest newRequest() {
        return TestRequests.fresh(
                SEALER, KeySpec.RSA_2048, clock.instant(), "wsus.certwright.test", "wsus2.certwright.test");
    }
}
