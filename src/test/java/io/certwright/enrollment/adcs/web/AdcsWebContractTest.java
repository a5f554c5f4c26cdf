package io.certwright.enrollment.adcs.web;

import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.BasicDoor;
import io.certwright.enrollment.adcs.TemplateName;
import io.certwright.enrollment.adcs.TestAdcs;
import io.certwright.enrollment.adcs.TestAdcs.Policy;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Mishap;
import io.certwright.enrollment.adcs.access.Login;
import io.certwright.enrollment.adcs.access.LoginMethod;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestSealer;
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

/** The contract of every issuer, kept with pages of certsrv that the tests serve. */
class AdcsWebContractTest extends IssuerContract {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    static Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestAdcs ca = new TestAdcs();
    private final TestIis iis = new TestIis("/certsrv/", new TestCertsrv(ca));

    @BeforeEach
    void followRealTime() {
        clock.moveTo(Instant.now());
        iis.guard(new BasicDoor("CONTOSO\\pki", "s3crét"));
    }

    @AfterEach
    void stopServer() {
        iis.close();
    }

    @Override
    protected IssuerMemory memory() {
        return memory;
    }

    @Override
    protected Issuer node() throws Exception {
        return node(iis, ca, folder, memory, clock);
    }

    static AdcsWebIssuer node(TestIis iis, TestAdcs ca, Path folder, IssuerMemory memory, Clock clock)
            throws Exception {
        Path root = Files.writeString(
                folder.resolve("root-" + iis.port() + ".pem"),
                PemCodec.certificate(ca.root().certificate()));
        WebSettings settings = new WebSettings(
                URI.create("https://127.0.0.1:" + iis.port() + "/certsrv/"),
                new TemplateName("WebServer"),
                new HttpAccess(List.of(iis.tlsTrust(folder)), Optional.empty()),
                new Login(LoginMethod.BASIC, Optional.of("CONTOSO\\pki"), Optional.of(SecretText.of("s3crét"))),
                List.of(root),
                Duration.ofMinutes(15));
        return new AdcsWebIssuer(
                new IssuerName("corp-ca"),
                settings,
                new AdcsParts(memory, new TestSealer(), clock, RANDOM, AdcsWebContractTest::pause));
    }

    @Override
    protected Issuer nodeOn(IssuerMemory seen) throws Exception {
        return node(iis, ca, folder, seen, clock);
    }

    @Override
    protected void become(Treatment treatment) {
        iis.guard(treatment == Treatment.IS_OUT_OF_REACH ? exchange -> false : new BasicDoor("CONTOSO\\pki", "s3crét"));
        ca.follow(
                switch (treatment) {
                    case PENDS -> Policy.PENDS;
                    case DENIES -> Policy.DENIES;
                    default -> Policy.ISSUES;
                });
        iis.spoilAll(treatment == Treatment.ANSWERS_GARBAGE ? Mishap.WEB_PAGE : Mishap.NONE);
        if (treatment == Treatment.LOSES_ITS_ANSWER) {
            iis.spoil(2, Mishap.RESET_AFTER);
        }
    }

    @Override
    protected OptionalInt made() {
        return OptionalInt.of((int) ca.countIssued());
    }

    /** The number may be lost with the answer. */
    @Override
    protected boolean findsEveryAnswer() {
        return false;
    }

    @Override
    protected void answer(Issuer node, EnrollmentRequest request) throws Exception {
        ca.decide(ca.rows().get(ca.rows().size() - 1).number(), true);
    }

    private static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
