package io.certwright.enrollment.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.http.BasicUser;
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

/** Each exchange of an issuance is spoiled in each way; there is never a second certificate of which nobody was told. */
class EstFaultsTest {
    private static final TestSealer SEALER = new TestSealer();

    @TempDir
    Path folder;

    private final TestEstServer server = new TestEstServer();
    private final FaultyRelay relay = FaultyRelay.to(server.port(), server.trust());
    private final MovableClock clock = new MovableClock(Instant.now());

    EstFaultsTest() throws Exception {}

    @AfterEach
    void stopServers() {
        relay.close();
        server.close();
    }

    private EstIssuer issuer(MemoryIssuerMemory memory) throws Exception {
        Path root = Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
        EstSettings settings = new EstSettings(
                URI.create("https://127.0.0.1:" + relay.port()),
                "",
                new HttpAccess(List.of(root), Optional.empty()),
                Optional.of(new BasicUser("pki", SecretText.of("s3cret"))),
                List.of(root));
        EstParts parts = new EstParts(memory, SEALER, clock, new SecureRandom(), duration -> {});
        return new EstIssuer(new IssuerName("est"), settings, parts);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatever_is_spoiled_is_told_and_no_certificate_is_unaccounted_for(Fault fault) throws Exception {
        int spoiled = 0;
        while (isAccountedFor(fault, spoiled)) {
            spoiled++;
        }
        assertThat(spoiled).isEqualTo(3);
    }

    /** False where an issuance does not take so many exchanges. */
    private boolean isAccountedFor(Fault fault, int spoiled) throws Exception {
        int before = server.issued();
        MemoryIssuerMemory memory = new MemoryIssuerMemory();
        EnrollmentRequest request = TestRequests.fresh(SEALER, KeySpec.P_256, clock.instant(), "wsus.certwright.test");
        relay.spoil(spoiled, fault);
        Optional<LifecycleException> failure = tried(issuer(memory), request);
        boolean reached = relay.exchanges() > spoiled;
        relay.spoil(-1, fault);
        failure.ifPresent(
                told -> assertThat(told).message().startsWith("issuer est: ").hasLineCount(1));
        clock.advance(Duration.ofMinutes(3));
        assertThat(issuer(memory).request(request)).isInstanceOf(Issued.class);
        boolean lost =
                failure.filter(told -> told instanceof AnswerLostException).isPresent();
        assertThat(server.issued() - before)
                .as("certificates after exchange %d", spoiled)
                .isBetween(1, lost ? 2 : 1);
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
