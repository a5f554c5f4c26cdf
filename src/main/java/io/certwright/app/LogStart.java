package io.certwright.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/** How logging starts: warnings and errors to stderr. Found by Logback through its service file; code, since reading XML is slow. */
public final class LogStart extends ContextAwareBase implements Configurator {
    static final String STDERR = "stderr";

    /** What the connection pool has to say, ours say in words for people when it matters. */
    static final String POOL = "com.zaxxer.hikari";

    /** What the SSH library has to say of a visit that fails, ours say too. */
    static final String SSH = "org.apache.sshd";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setName(STDERR);
        stderr.setTarget("System.err");
        stderr.setEncoder(Logs.encoder(context, false));
        stderr.addFilter(new NotToldTwice());
        stderr.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr);
        context.getLogger(POOL).setLevel(Level.OFF);
        context.getLogger(SSH).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
