package io.certwright.enrollment.scep;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.FaultyRelay.Fault;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each exchange of an issuance is spoiled in each way; looked up and asked again, there is one certificate and no second. */
class ScepFaultsTest {
    private static final TestSealer SEALER = new TestSealer();

    @TempDir
    Path folder;

    private final TestScepServer server = new TestScepServer();
    private final FaultyRelay relay = FaultyRelay.toPlain(server.port());
    private final MovableClock clock = new MovableClock(Instant.now());

    @AfterEach
    void stopServers() {
        relay.close();
        server.close();
    }

    private ScepIssuer issuer(MemoryIssuerMemory memory) throws Exception {
        Path tls = Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
        Path anchor = Files.writeString(
                folder.resolve("root.pem"), PemCodec.certificate(server.root().certificate()));
        ScepSettings settings = new ScepSettings(
                URI.create("https://127.0.0.1:" + relay.port() + "/scep"),
                new HttpAccess(List.of(tls), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                List.of(anchor),
                "ca",
                Duration.ofMinutes(7));
        ScepParts parts = new ScepParts(memory, SEALER, clock, new SecureRandom(), duration -> {});
        return new ScepIssuer(new IssuerName("scep"), settings, parts);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatever_is_spoiled_is_told_and_ends_in_one_certificate(Fault fault) throws Exception {
        int spoiled = 0;
        while (endsInOneCertificate(fault, spoiled)) {
            spoiled++;
        }
        assertThat(spoiled).isEqualTo(3);
    }

    /** False where an issuance does not take so many exchanges. */
    private boolean endsInOneCertificate(Fault fault, int spoiled) throws Exception {
        int before = server.issued();
        MemoryIssuerMemory memory = new MemoryIssuerMemory();
        EnrollmentRequest request =
                TestRequests.fresh(SEALER, KeySpec.RSA_2048, clock.instant(), "wsus.certwright.test");
        relay.spoil(spoiled, fault);
        Optional<LifecycleException> failure = tried(issuer(memory), request);
        boolean reached = relay.exchanges() > spoiled;
        relay.spoil(-1, fault);
        failure.ifPresent(
                told -> assertThat(told).message().startsWith("issuer scep: ").hasLineCount(1));
        clock.advance(Duration.ofMinutes(3));
        Optional<EnrollmentResult> found = issuer(memory).lookUp(request);
        assertThat(found.isPresent() ? found.get() : issuer(memory).request(request))
                .isInstanceOf(Issued.class);
        assertThat(server.issued() - before)
                .as("certificates after exchange %d", spoiled)
                .isEqualTo(1);
        return reached;
    }

    private static Optional<LifecycleException> tried(Issuer issuer, EnrollmentRequest request) {
        try {
            assertThat(issuer.request(request)).isInstanceOf(Issued.class);
            return Optional.empty();
        } catch (LifecycleException failure) {
            return Optional.of(failure);
        }
    }
}
