package io.certwright.windows.eventlog;

import io.certwright.certificate.Printable;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.WriteHostEvent;
import io.certwright.windows.WindowsHost;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes events on a thread of its own, all that came up meanwhile in one visit. Of one subject each event is written once a day at
 * most, until it is renewed; of all together a hundred an hour. What cannot be written is logged and stops nothing. Safe for use by many
 * threads.
 */
public final class EventLog implements AutoCloseable {
    private static final Duration ONCE_IN = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_AN_HOUR = 100;
    private static final int LONGEST = 4_500;

    private final WindowsHost host;
    private final Clock clock;
    private final Terms terms;
    private final ExecutorService writing = Executors.newSingleThreadExecutor(EventLog::daemon);
    private final List<WriteHostEvent> pending = new ArrayList<>();
    private final Map<String, Map<HostEvent, Instant>> written = new HashMap<>();
    private final Deque<Instant> lastHour = new ArrayDeque<>();

    /**
     * How it behaves.
     *
     * @param complaint how loudly it is logged that nothing can be written
     * @param patience how long closing waits for what is still to be written
     */
    public record Terms(Level complaint, Duration patience) {}

    public EventLog(WindowsHost host, Clock clock, Terms terms) {
        this.host = host;
        this.clock = clock;
        this.terms = terms;
    }

    /** Returns at once. */
    public synchronized void write(String subject, HostEvent event, String sentence) {
        if (writing.isShutdown() || isTold(subject, event) || isFull()) {
            return;
        }
        String last = lastHour.size() < MOST_AN_HOUR
                ? ""
                : " (More in this hour is not written here: see \"certwright list\" and the service's own log.)";
        pending.add(new WriteHostEvent(
                event.id(), event.kind(), Printable.escape(subject + ": " + sentence, LONGEST) + last));
        if (pending.size() == 1) {
            writing.execute(this::drain);
        }
    }

    private boolean isTold(String subject, HostEvent event) {
        Instant now = clock.instant();
        if (event == HostEvent.RENEWED) {
            written.remove(subject);
            return false;
        }
        Map<HostEvent, Instant> events = written.computeIfAbsent(subject, any -> new EnumMap<>(HostEvent.class));
        Instant before = events.get(event);
        if (before != null && now.isBefore(before.plus(ONCE_IN))) {
            return true;
        }
        events.put(event, now);
        return false;
    }

    /** Counts the event that is about to be written, too. */
    private boolean isFull() {
        Instant now = clock.instant();
        while (!lastHour.isEmpty() && !now.isBefore(lastHour.peekFirst().plus(HOUR))) {
            lastHour.removeFirst();
        }
        if (lastHour.size() == MOST_AN_HOUR) {
            return true;
        }
        lastHour.addLast(now);
        return false;
    }

    private void drain() {
        List<WriteHostEvent> batch = take();
        try {
            host.perform(batch);
        } catch (LifecycleException | RuntimeException failed) {
            log().atLevel(terms.complaint())
                    .setMessage(batch.size() + " events are not in the Windows Event Log: " + failed.getMessage())
                    .log();
        }
    }

    private synchronized List<WriteHostEvent> take() {
        List<WriteHostEvent> batch = List.copyOf(pending);
        pending.clear();
        return batch;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-eventlog");
        thread.setDaemon(true);
        return thread;
    }

    /** No constant: most commands write no event. */
    private static Logger log() {
        return LoggerFactory.getLogger(EventLog.class);
    }

    @Override
    public void close() {
        synchronized (this) {
            writing.shutdown();
        }
        try {
            if (!writing.awaitTermination(terms.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                writing.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            writing.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
