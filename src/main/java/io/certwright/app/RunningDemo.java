package io.certwright.app;

import io.certwright.cli.DemoWindows;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.simulated.DemoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The simulated server of {@code demo windows}, told what to do by lines of a stream. */
final class RunningDemo implements DemoWindows {
    private final DemoServer server;
    private final InputStream lines;
    private final CountDownLatch end = new CountDownLatch(1);

    RunningDemo(Wish wish, InputStream lines, Clock clock, SecureRandom random) throws LifecycleException {
        this.server = DemoServer.open(wish.http(), wish.https(), wish.control(), wish.fresh(), clock, random);
        this.lines = lines;
    }

    @Override
    public String name() {
        return DemoServer.NAME;
    }

    /** The end of the stream is not the end of the demo: it may have been started without one. */
    @Override
    public void obeyUntilTheEnd(Consumer<String> reply) throws InterruptedException {
        Thread listening = new Thread(() -> obeyEach(reply), "demo-lines");
        listening.setDaemon(true);
        listening.start();
        end.await();
    }

    private void obeyEach(Consumer<String> reply) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                if (!line.isBlank()) {
                    reply.accept(server.obey(line));
                }
                line = reader.readLine();
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() {
        server.close();
        end.countDown();
    }
}
