package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WsusLogsTest {
    private static final String FAILED = "<![LOG[Scan failed with error = 0x80072f0d.]LOG]!><time=\"10:00:00.000-60\""
            + " date=\"11-22-2026\" component=\"WUAHandler\">\n";
    private static final String GOOD =
            "<![LOG[Enabling WUA Managed server policy to use server: https://wsus.contoso.com]LOG]!>"
                    + "<time=\"11:00:00.000-60\" date=\"11-22-2026\">\n<![LOG[Successfully completed scan.]LOG]!>"
                    + "<time=\"11:01:00.000-60\" date=\"11-22-2026\">\n";

    @TempDir
    private Path folder;

    private Run check(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "wsus";
        all[1] = "check";
        System.arraycopy(words, 0, all, 2, words.length);
        return Run.of(new FakeHouse(), all);
    }

    @Test
    void a_failure_ends_with_findings_and_its_fix() throws Exception {
        Files.writeString(folder.resolve("WUAHandler.log"), FAILED);

        Run run = check("--logs", folder.toString(), "--server", "wsus.contoso.com", "--port", "443");

        assertThat(run.exit()).isEqualTo(10);
        assertThat(run.out().lines())
                .startsWith(
                        "WUAHandler.log (client): 2026-11-22T09:00:00Z Scan failed with error = 0x80072f0d.",
                        "failed   WUAHandler.log (client): 2026-11-22T09:00:00Z Scan failed with error = 0x80072f0d.",
                        "         fix: The certificate chain ends in a root that this machine does not trust. The root is missing"
                                + " from Trusted Root of Local Computer (the user's store does not count), or the server does not"
                                + " send its intermediate. Give the client the trust package of its client group (\"certwright"
                                + " trust status\"); put the intermediate into LocalMachine\\CA of the server.");
    }

    @Test
    void only_lines_since_the_change_count() throws Exception {
        Files.writeString(folder.resolve("WUAHandler.log"), FAILED + GOOD);

        assertThat(check("--logs", folder.toString(), "--server", "wsus.contoso.com", "--port", "443"))
                .isEqualTo(new Run(
                        0,
                        "The switch to TLS has run through all logs that are there." + System.lineSeparator()
                                + "good     WUAHandler.log (client): all of it at 2026-11-22T10:01:00Z"
                                + System.lineSeparator(),
                        ""));
        assertThat(check(
                                "--logs",
                                folder.toString(),
                                "--server",
                                "wsus.contoso.com",
                                "--port",
                                "443",
                                "--since",
                                "2026-11-22T10:00:30Z",
                                "--json")
                        .exit())
                .isEqualTo(6);
    }

    @Test
    void words_that_do_not_fit_are_told() {
        assertThat(check("--logs", folder.toString()).err())
                .isEqualTo("certwright: wsus check: got --logs without HOST or --server FQDN, wanted one of them."
                        + System.lineSeparator());
        assertThat(check("--logs", folder.toString(), "--server", "a b").err())
                .startsWith(
                        "certwright: wsus check: DNS name: got \"a b\", wanted labels of letters, digits and hyphens");
        assertThat(check("--logs", folder.toString(), "--server", "a.b", "--since", "yesterday")
                        .err())
                .isEqualTo(
                        "certwright: wsus check: got --since yesterday, wanted a moment such as 2026-11-22T10:00:00Z."
                                + System.lineSeparator());
    }
}
