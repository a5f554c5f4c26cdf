package io.certwright.enrollment.adcs.ces;

import io.certwright.certificate.KeySpec;
import io.certwright.config.SecretText;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.TemplateName;
import io.certwright.enrollment.adcs.TestAdcs;
import io.certwright.enrollment.adcs.TestAdcs.Policy;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Mishap;
import io.certwright.enrollment.adcs.access.Login;
import io.certwright.enrollment.adcs.access.LoginMethod;
import io.certwright.enrollment.adcs.ces.CesSettings.Renewal;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestRequests;
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

/** The contract of every issuer, kept with web services that the tests serve. */
class AdcsCesContractTest extends IssuerContract {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Escaped, or it would end the message. */
    static final String PASSWORD = "s3crét</Password>&\"'";

    @TempDir
    static Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestAdcs ca = new TestAdcs();
    private final TestCes services = new TestCes(ca);
    private final TestIis iis = new TestIis("/", services);

    @BeforeEach
    void followRealTime() {
        clock.moveTo(Instant.now());
        services.know("CONTOSO\\pki:" + PASSWORD);
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
        return nodeOn(memory);
    }

    @Override
    protected Issuer nodeOn(IssuerMemory seen) throws Exception {
        return new AdcsCesIssuer(
                new IssuerName("corp-ca"), settings(iis, ca, folder, Renewal.SIGNED), parts(seen, clock, SEALER));
    }

    static AdcsParts parts(IssuerMemory memory, Clock clock, KeySealer sealer) {
        return new AdcsParts(memory, sealer, clock, RANDOM, AdcsCesContractTest::pause);
    }

    static CesSettings settings(TestIis iis, TestAdcs ca, Path folder, Renewal renewal) throws Exception {
        Path root = Files.writeString(
                folder.resolve("root-" + iis.port() + ".pem"),
                PemCodec.certificate(ca.root().certificate()));
        String host = "https://127.0.0.1:" + iis.port();
        return new CesSettings(
                URI.create(host + TestCes.SERVICE),
                Optional.of(URI.create(host + TestCes.POLICY)),
                new TemplateName("WebServer"),
                new HttpAccess(List.of(iis.tlsTrust(folder)), Optional.empty()),
                new Login(LoginMethod.USER_NAME, Optional.of("CONTOSO\\pki"), Optional.of(SecretText.of(PASSWORD))),
                renewal,
                List.of(root),
                Duration.ofMinutes(15));
    }

    /** The template wants keys of 2048 bits. */
    @Override
    protected EnrollmentRequest newRequest() {
        return TestRequests.fresh(
                SEALER, KeySpec.RSA_2048, clock.instant(), "wsus.certwright.test", "wsus2.certwright.test");
    }

    @Override
    protected void become(Treatment treatment) {
        iis.guard(treatment == Treatment.IS_OUT_OF_REACH ? exchange -> false : exchange -> true);
        ca.follow(
                switch (treatment) {
                    case PENDS -> Policy.PENDS;
                    case DENIES -> Policy.DENIES;
                    default -> Policy.ISSUES;
                });
        iis.spoilAll(treatment == Treatment.ANSWERS_GARBAGE ? Mishap.WEB_PAGE : Mishap.NONE);
        if (treatment == Treatment.LOSES_ITS_ANSWER) {
            iis.spoil(1, Mishap.RESET_AFTER);
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
