package io.certwright.enrollment.scep;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.http.HttpAccess;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.FaultyRelay.Fault;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.NetworkCell;
import io.certwright.testing.Programs;
import io.certwright.testing.TestRequests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every issuer, kept with micromdm's SCEP server, in a network namespace, for it listens everywhere; a relay in front
 * of it spoils what that server never does.
 */
class ScepContractTest extends IssuerContract {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String GOOD = "s3cret";
    private static final String OPERATION = "/scep?operation=PKIOperation";

    @TempDir
    static Path folder;

    private static NetworkCell server;
    private static FaultyRelay relay;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private String challenge = GOOD;

    @BeforeAll
    static void startServer() throws Exception {
        Assumptions.assumeTrue(Programs.isThere("scepserver"), "scepserver is not on the PATH");
        String depot = folder.resolve("depot").toString();
        run("scepserver", "ca", "-init", "-depot", depot, "-keySize", "2048");
        server = NetworkCell.running(
                folder.resolve("cell"),
                2016,
                "scepserver",
                "-depot",
                depot,
                "-port",
                "2016",
                "-challenge",
                GOOD,
                "-allowrenew",
                "0");
        relay = FaultyRelay.toPlain(server.port());
        Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (relay != null) {
            relay.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("init.log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(Files.readString(folder.resolve("init.log")));
        }
    }

    @BeforeEach
    void followRealTime() {
        clock.moveTo(Instant.now().plusSeconds(60));
        relay.spoil(-1, Fault.HTML);
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
        ScepSettings settings = new ScepSettings(
                URI.create("https://127.0.0.1:" + relay.port() + "/scep"),
                new HttpAccess(List.of(folder.resolve("relay.pem")), Optional.empty()),
                Optional.of(SecretText.of(challenge)),
                Optional.empty(),
                List.of(folder.resolve("depot/ca.pem")),
                "ca",
                Duration.ofMinutes(15));
        return new ScepIssuer(
                new IssuerName("scep"), settings, new ScepParts(seen, SEALER, clock, RANDOM, ScepContractTest::pause));
    }

    static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void become(Treatment treatment) {
        challenge = treatment == Treatment.DENIES ? "guessed" : GOOD;
        switch (treatment) {
            case ISSUES, DENIES -> relay.spoil(-1, Fault.HTML);
            case PENDS -> throw cannot("micromdm's server decides at once; shown with the server of the tests");
            case IS_OUT_OF_REACH -> relay.spoilEach("/", Fault.RESET_BEFORE);
            case ANSWERS_GARBAGE -> relay.spoilEach("/", Fault.HTML);
            case LOSES_ITS_ANSWER -> relay.spoilEach(OPERATION, Fault.RESET_AFTER);
        }
    }

    /** It gives clientAuth alone, whatever is asked; our checks refuse such a certificate later. */
    @Override
    protected boolean issuesForServers() {
        return false;
    }

    @Override
    protected EnrollmentRequest newRequest() {
        return TestRequests.fresh(
                SEALER, KeySpec.RSA_2048, clock.instant(), "wsus.certwright.test", "wsus2.certwright.test");
    }

    @Test
    void a_wrong_challenge_is_denied() throws Exception {
        become(Treatment.DENIES);
        assertThat(node().request(newRequest()))
                .isEqualTo(new Denied(
                        "issuer scep denied the certificate for wsus.certwright.test, wsus2.certwright.test: badRequest:"
                                + " it does not permit this, often because of the challenge"));
    }
}
