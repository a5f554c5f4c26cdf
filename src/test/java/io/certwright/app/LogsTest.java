package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogsTest {
    private static final String NL = System.lineSeparator();

    private static LoggingEvent event(String message) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("io.certwright.lifecycle.SwitchOver");
        event.setLevel(Level.WARN);
        event.setInstant(Instant.parse("2026-11-22T07:41:10.250Z"));
        event.setMessage(message);
        return event;
    }

    @Test
    void writes_an_event_as_one_line_with_its_keys() {
        LoggingEvent event = event("Kept the certificate.");
        event.addKeyValuePair(new KeyValuePair("certificate", "wsus01"));
        event.addKeyValuePair(new KeyValuePair("issuer", "corp ca"));

        assertThat(new LogLine(true).doLayout(event))
                .isEqualTo("2026-11-22T07:41:10.250Z WARN  SwitchOver: Kept the certificate. certificate=wsus01"
                        + " issuer=\"corp ca\"" + NL);
    }

    @Test
    void a_stack_trace_follows_only_where_it_is_wished_for() {
        LoggingEvent event = event("Did not work.");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("why")));

        assertThat(new LogLine(false).doLayout(event).lines()).hasSize(1);
        assertThat(new LogLine(true).doLayout(event)).contains("java.lang.IllegalStateException: why");
    }

    @Test
    void what_the_command_says_itself_is_kept_from_stderr_and_nothing_else() {
        LoggingEvent told = event("Failed: the CA is out of reach.");
        told.addMarker(io.certwright.lifecycle.Narration.TOLD);

        assertThat(new NotToldTwice().decide(told)).isEqualTo(ch.qos.logback.core.spi.FilterReply.DENY);
        assertThat(new NotToldTwice().decide(event("The clock was set back.")))
                .isEqualTo(ch.qos.logback.core.spi.FilterReply.NEUTRAL);
    }

    @Test
    void lets_foreign_text_start_no_line_of_its_own() {
        LoggingEvent event = event("The CA says: no\r\n2026-11-22 ERROR forged \u001b[2J");
        event.addKeyValuePair(new KeyValuePair("certificate", "a\nb \"c\""));

        assertThat(new LogLine(true).doLayout(event))
                .isEqualTo(
                        "2026-11-22T07:41:10.250Z WARN  SwitchOver: The CA says: no\\u000d\\u000a2026-11-22 ERROR forged"
                                + " \\u001b[2J certificate=\"a\\u000ab \\\"c\\\"\"" + NL);
    }

    @Test
    void writes_to_a_file_from_info_up_while_it_is_open(@TempDir Path folder) throws IOException {
        Logger logger = LoggerFactory.getLogger(LogsTest.class);
        try (LogFile file = Logs.alsoTo(folder)) {
            logger.atInfo().addKeyValue("node", "a").log("Served {}.", "wsus01");
            logger.debug("Looking.");
            assertThat(file.root().isAttached(file.file())).isTrue();
        }
        logger.atInfo().log("Too late.");

        assertThat(Files.readString(folder.resolve("certwright.log")))
                .endsWith(" INFO  LogsTest: Served wsus01. node=a" + NL);
        assertThat(Files.readAllLines(folder.resolve("certwright.log"))).hasSize(1);
    }

    @Test
    void keeps_its_files_within_their_limit(@TempDir Path folder) throws IOException {
        Logger logger = LoggerFactory.getLogger(LogsTest.class);
        String sentence = "x".repeat(3_900);
        try (LogFile file = Logs.alsoTo(folder)) {
            for (int line = 0; line < 6_000; line++) {
                logger.info(sentence);
            }
            assertThat(file.file().isStarted()).isTrue();
        }

        // The size is looked at a hundred times a second: what a quick disk takes in between comes on top of the 10 MB.
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.mapToLong(path -> path.toFile().length()).max().orElse(0))
                    .isBetween(1L, 16_000_000L);
        }
        assertThat(folder.resolve("certwright.1.log")).exists();
    }
}
