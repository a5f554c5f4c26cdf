package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.FaultyRelay.Fault;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each exchange of an issuance with pebble is spoiled in each way; asked again, there is one certificate and no second. */
class AcmeFaultsTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final Set<FailureKind> TRIED_AGAIN = Set.of(FailureKind.UNREACHABLE, FailureKind.MALFORMED_ANSWER);

    @TempDir
    static Path folder;

    private static TestNames names;
    private static TestPebble pebble;
    private static FaultyRelay relay;

    @BeforeAll
    static void startServers() throws Exception {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of());
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

    private static AcmeSettings settings() {
        return AcmeBench.http01(pebble, relay.port(), folder.resolve("relay.pem"));
    }

    @Test
    void unspoiled_it_takes_few_exchanges() throws Exception {
        relay.spoil(-1, Fault.HTML);
        assertThat(request(fresh(), new MemoryIssuerMemory())).isInstanceOf(Issued.class);
        assertThat(relay.asked()).hasSizeBetween(9, 14);
        assertThat(relay.asked().get(0)).isEqualTo("GET /dir HTTP/1.1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_AFTER", "HTML"})
    void what_is_spoiled_here_and_there_ends_in_one_certificate(Fault fault) throws Exception {
        spoilEach(fault, 4);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatever_is_spoiled_ends_in_one_certificate(Fault fault) throws Exception {
        spoilEach(fault, 1);
    }

    private static void spoilEach(Fault fault, int step) throws Exception {
        int spoiled = 0;
        while (endsInOneCertificate(fault, spoiled)) {
            spoiled += step;
        }
        assertThat(spoiled).isGreaterThan(8);
    }

    /** False where an issuance does not take so many exchanges. */
    private static boolean endsInOneCertificate(Fault fault, int spoiled) throws Exception {
        long before = pebble.issued();
        MemoryIssuerMemory memory = new MemoryIssuerMemory();
        EnrollmentRequest request = fresh();
        relay.spoil(spoiled, fault);
        Optional<LifecycleException> failure = tried(request, memory);
        boolean reached = relay.exchanges() > spoiled;
        relay.spoil(-1, fault);
        failure.ifPresent(told -> assertThat(told.kind()).isIn(TRIED_AGAIN));
        failure.ifPresent(told -> assertThat(told).hasMessageStartingWith("issuer pebble: asking for wsus01, the CA "));
        assertThat(request(request, memory)).isInstanceOf(Issued.class);
        assertThat(pebble.issued() - before)
                .as("certificates after exchange %d", spoiled)
                .isEqualTo(1);
        return reached;
    }

    private static Optional<LifecycleException> tried(EnrollmentRequest request, MemoryIssuerMemory memory) {
        try {
            request(request, memory);
            return Optional.empty();
        } catch (LifecycleException failure) {
            return Optional.of(failure);
        }
    }

    private static EnrollmentResult request(EnrollmentRequest request, MemoryIssuerMemory memory)
            throws LifecycleException {
        return AcmeBench.issuer(settings(), memory, SEALER).request(request);
    }

    private static EnrollmentRequest fresh() {
        return TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test");
    }
}
