package io.certwright.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.certwright.certificate.Printable;
import java.time.Instant;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * One event as one line: time in UTC, level, logger, sentence, and the keys (certificate, issuer, thumbprint, stage, node) as
 * {@code key=value}. Foreign text cannot start a line of its own; a stack trace, where wished for, follows indented.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final int LONGEST = 4_000;

    private final boolean traces;

    /** With {@code traces} the stack trace of an exception follows its event. */
    LogLine(boolean traces) {
        this.traces = traces;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(Instant.ofEpochMilli(event.getTimeStamp())).append(' ');
        line.append(String.format("%-5s", event.getLevel())).append(' ');
        line.append(shortName(event.getLoggerName())).append(": ");
        line.append(Printable.escape(String.valueOf(event.getFormattedMessage()), LONGEST));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> line.append(' ').append(pair.key).append('=').append(value(pair)));
        }
        line.append(System.lineSeparator());
        if (traces && event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private static String value(KeyValuePair pair) {
        String value = Printable.escape(String.valueOf(pair.value), LONGEST);
        return value.indexOf(' ') < 0 && !value.isEmpty() ? value : '"' + value.replace("\"", "\\\"") + '"';
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
