package io.certwright.schedule;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Chores in memory. Tending stands at a gate, open unless shut; what is tended to its end is due no more. */
final class GatedChores implements Chores {
    static final CertificateName BAD = CertificateName.of("bad");

    final Set<CertificateName> due = new ConcurrentSkipListSet<>();
    final List<String> begun = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();
    final AtomicInteger plans = new AtomicInteger();
    final AtomicInteger watches = new AtomicInteger();
    final AtomicInteger mails = new AtomicInteger();
    final AtomicInteger maintenances = new AtomicInteger();

    private volatile CountDownLatch gate = new CountDownLatch(0);

    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    @Override
    public List<CertificateName> listDue(int limit) {
        plans.incrementAndGet();
        return due.stream().limit(limit).toList();
    }

    @Override
    public void tend(CertificateName name) {
        begun.add(name.value());
        if (name.equals(BAD)) {
            throw new IllegalStateException("a bug in tending");
        }
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate stayed shut");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        due.remove(name);
        ended.add(name.value());
    }

    @Override
    public void watch() throws LifecycleException {
        watches.incrementAndGet();
        if (due.contains(BAD)) {
            throw new LifecycleException(FailureKind.UNREACHABLE, "WATCH_FAILED", "watch: nothing can be seen");
        }
    }

    @Override
    public void sendMails() {
        mails.incrementAndGet();
    }

    @Override
    public void maintain() {
        maintenances.incrementAndGet();
    }
}
