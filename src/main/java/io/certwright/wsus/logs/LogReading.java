package io.certwright.wsus.logs;

import io.certwright.certificate.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far one log has come since the change. The latest attempt decides: a failure that a later success healed is none. */
final class LogReading {
    private static final String ON_PARENTS_REQUEST = "parent request";
    private static final String PARENTS_NOTICE = "parent sync notification";
    private static final int LONGEST = 300;

    private final Log log;
    private final List<Expected> sequence;
    private boolean complete;
    private boolean isChild;
    private int reached;
    private Optional<LogLine> last = Optional.empty();
    private Optional<LogLine> failure = Optional.empty();
    private Optional<BadLine> reason = Optional.empty();

    private LogReading(Log log, UpdatePoint point) {
        this.log = log;
        this.sequence = log.sequence(point);
    }

    /** @param lines of one log, oldest first; those not after {@code since} do not count */
    static LogVerdict judge(Log log, List<LogLine> lines, UpdatePoint point, Instant since) {
        LogReading reading = new LogReading(log, point);
        for (LogLine line : lines) {
            reading.isChild |= line.has(ON_PARENTS_REQUEST) || line.has(PARENTS_NOTICE);
            if (line.at().isAfter(since)) {
                reading.take(line);
            }
        }
        return reading.verdict(point);
    }

    private void take(LogLine line) {
        Optional<BadLine> bad = BadLine.find(line);
        if (bad.isPresent()) {
            fail(line, bad.get());
        } else if (sequence.get(reached).isIn(line)) {
            reach(reached + 1, line);
        } else if (sequence.get(0).isIn(line)) {
            reach(1, line);
        }
    }

    private void fail(LogLine line, BadLine bad) {
        boolean onlyRepeats = !bad.isCause() && reason.filter(BadLine::isCause).isPresent() && reached == 0;
        if (!onlyRepeats) {
            failure = Optional.of(line);
            reason = Optional.of(bad);
        }
        reached = 0;
        complete = false;
    }

    private void reach(int next, LogLine line) {
        last = Optional.of(line);
        reached = next;
        if (reached == sequence.size()) {
            complete = true;
            failure = Optional.empty();
            reason = Optional.empty();
            reached = 0;
        }
    }

    private LogVerdict verdict(UpdatePoint point) {
        if (complete) {
            return new LogVerdict(
                    log.fileName(),
                    LogVerdict.State.GOOD,
                    log.fileName() + " (" + log.place() + "): all of it at "
                            + last.orElseThrow().at(),
                    "");
        }
        if (failure.isPresent()) {
            return new LogVerdict(
                    log.fileName(),
                    LogVerdict.State.FAILED,
                    log.fileName() + " (" + log.place() + "): " + failure.get().at() + " "
                            + Printable.escape(failure.get().message(), LONGEST),
                    reason.orElseThrow().fix());
        }
        return waiting(point);
    }

    private LogVerdict waiting(UpdatePoint point) {
        String awaited = Printable.quote(sequence.get(reached).toString());
        if (reached == 0 && isChild && log == Log.WSYNCMGR) {
            return new LogVerdict(
                    log.fileName(),
                    LogVerdict.State.WAITING,
                    log.fileName() + " (" + log.place() + "): this is a child site, which waits for its parent to"
                            + " synchronize first",
                    "synchronize at the top-level site; then " + awaited + " appears here");
        }
        String seen = last.map(line -> " since " + line.at()).orElse("");
        return new LogVerdict(
                log.fileName(),
                LogVerdict.State.WAITING,
                log.fileName() + " (" + log.place() + "): " + reached + " of " + sequence.size() + " steps seen" + seen
                        + "; awaited next: " + awaited,
                reached == 0
                        ? log.toBegin()
                        : "wait some minutes, then read the logs again; the URL must be " + point.url());
    }
}
