package io.certwright.probe;

import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Looks at many endpoints at once, a bounded number at a time; each look has the limit of the {@link TlsProbe}. */
public final class ManyEndpoints {
    private final TlsProbe probe;
    private final int atOnce;

    /** @param atOnce how many looks may be under way, at least 1 */
    public ManyEndpoints(TlsProbe probe, int atOnce) {
        this.probe = probe;
        this.atOnce = atOnce;
    }

    /**
     * One answer for each endpoint, in the order asked.
     *
     * @param done told how many looks are over, by any thread
     * @throws InterruptedException when the caller is interrupted; looks under way are given up
     */
    public List<Look> lookAt(List<Endpoint> endpoints, IntConsumer done) throws InterruptedException {
        ExecutorService lookers =
                Executors.newFixedThreadPool(Math.max(1, Math.min(atOnce, endpoints.size())), task -> {
                    Thread thread = new Thread(task, "certwright-look");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            AtomicInteger over = new AtomicInteger();
            List<Future<Look>> asked = new ArrayList<>();
            for (Endpoint endpoint : endpoints) {
                asked.add(lookers.submit(() -> {
                    Look look = lookAt(endpoint);
                    done.accept(over.incrementAndGet());
                    return look;
                }));
            }
            return answers(asked);
        } finally {
            lookers.shutdownNow();
        }
    }

    private Look lookAt(Endpoint endpoint) {
        try {
            return new Look.Shown(probe.look(endpoint));
        } catch (LifecycleException why) {
            return new Look.NotShown(endpoint, why);
        }
    }

    private static List<Look> answers(List<Future<Look>> asked) throws InterruptedException {
        List<Look> looks = new ArrayList<>();
        for (Future<Look> look : asked) {
            try {
                looks.add(look.get());
            } catch (ExecutionException broken) {
                throw new IllegalStateException("A look at an endpoint broke.", broken.getCause());
            }
        }
        return looks;
    }
}
