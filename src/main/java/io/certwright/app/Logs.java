package io.certwright.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.certwright.cli.GlobalOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged and where. Logback starts with the first line logged, as {@link LogStart} says: warnings to stderr. These calls
 * change that; a command that changes nothing and logs nothing never loads Logback, which would cost it 80 ms.
 */
final class Logs {
    private static final String OURS = "io.certwright";
    private static final String FILE_SIZE = "10MB";
    private static final int OLD_FILES = 5;

    private Logs() {}

    /** As {@code -v} and {@code -q} wish. */
    static void show(GlobalOptions options) {
        if (options.verbose()) {
            context().getLogger(OURS).setLevel(Level.DEBUG);
            context().getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
            context().getLogger(LogStart.POOL).setLevel(Level.INFO);
            context().getLogger(LogStart.SSH).setLevel(Level.INFO);
            showTraces();
        } else if (options.quiet()) {
            context().getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
        }
    }

    /**
     * Also to {@code folder/certwright.log}, from info up: at most six files of 10 MB, the oldest dropped. Stderr shows what it showed
     * before.
     */
    static LogFile alsoTo(Path folder) {
        LoggerContext context = context();
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context);
        file.setName("file");
        file.setFile(folder.resolve("certwright.log").toString());
        file.setEncoder(encoder(context, true));
        file.setRollingPolicy(rolling(context, file, folder));
        file.setTriggeringPolicy(limit(context));
        file.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        ch.qos.logback.classic.Logger ours = context.getLogger(OURS);
        if (ours.getLevel() == null) {
            root.getAppender(LogStart.STDERR).addFilter(warningsOnly());
            ours.setLevel(Level.INFO);
        }
        root.addAppender(file);
        return new LogFile(root, file);
    }

    private static void showTraces() {
        if (context().getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogStart.STDERR)
                instanceof ConsoleAppender<ILoggingEvent> stderr) {
            stderr.setEncoder(encoder(context(), true));
        }
    }

    private static ThresholdFilter warningsOnly() {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(Level.WARN.levelStr);
        filter.start();
        return filter;
    }

    /** Writes events as one line each, in UTF-8. */
    static LayoutWrappingEncoder<ILoggingEvent> encoder(LoggerContext context, boolean traces) {
        LogLine layout = new LogLine(traces);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    private static FixedWindowRollingPolicy rolling(
            LoggerContext context, RollingFileAppender<ILoggingEvent> file, Path folder) {
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(file);
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLD_FILES);
        rolling.setFileNamePattern(folder.toString().replace("%", "\\%").replace('\\', '/') + "/certwright.%i.log");
        rolling.start();
        return rolling;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> limit(LoggerContext context) {
        SizeBasedTriggeringPolicy<ILoggingEvent> limit = new SizeBasedTriggeringPolicy<>();
        limit.setContext(context);
        limit.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
        // Left alone, Logback looks at the size once a minute, however much is written meanwhile.
        limit.setCheckIncrement(Duration.buildByMilliseconds(10));
        limit.start();
        return limit;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
