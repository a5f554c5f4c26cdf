package io.certwright.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateChain;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestCa;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ManyEndpointsTest {
    private static final CertificateChain CHAIN = CertificateChain.of(
            TestCa.root("CN=Test Root", Instant.parse("2026-11-22T12:00:00Z")).certificate());

    private final List<Endpoint> hundred = IntStream.rangeClosed(1, 100)
            .mapToObj(i -> Endpoint.parse("h" + i + ".certwright.test:443"))
            .toList();

    private static PresentedCertificate shown(Endpoint endpoint) {
        return new PresentedCertificate(endpoint, CHAIN, "TLSv1.3", "TLS_AES_256_GCM_SHA384");
    }

    @Test
    void answers_in_the_order_asked_with_at_most_so_many_looks_at_once() throws InterruptedException {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(8);
        ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
        TlsProbe probe = endpoint -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            together.countDown();
            awaitAll(together);
            underWay.decrementAndGet();
            return shown(endpoint);
        };

        List<Look> looks = new ManyEndpoints(probe, 8).lookAt(hundred, done::add);

        assertThat(looks).extracting(Look::endpoint).isEqualTo(hundred);
        assertThat(most).hasValue(8);
        assertThat(done).hasSize(100).contains(1, 100);
    }

    @Test
    void one_that_cannot_be_seen_hides_no_other() throws InterruptedException {
        TlsProbe probe = endpoint -> {
            if (endpoint.host().startsWith("h7.")) {
                throw new LifecycleException(FailureKind.UNREACHABLE, "ENDPOINT_UNREACHABLE", "nobody answered");
            }
            return shown(endpoint);
        };

        List<Look> looks = new ManyEndpoints(probe, 4).lookAt(hundred, done -> {});

        assertThat(looks).filteredOn(Look.NotShown.class::isInstance).containsExactly(looks.get(6));
        assertThat(looks).filteredOn(Look.Shown.class::isInstance).hasSize(99);
    }

    @Test
    void gives_up_when_interrupted() {
        CountDownLatch never = new CountDownLatch(1);
        TlsProbe probe = endpoint -> {
            awaitAll(never);
            return shown(endpoint);
        };

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new ManyEndpoints(probe, 4).lookAt(hundred, done -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private static void awaitAll(CountDownLatch latch) throws LifecycleException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new LifecycleException(FailureKind.INTERNAL, "TEST", "the others did not come");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LifecycleException(FailureKind.INTERNAL, "TEST", "interrupted", stopped);
        }
    }
}
