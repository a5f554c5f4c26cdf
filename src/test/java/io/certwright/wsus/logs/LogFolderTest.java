package io.certwright.wsus.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFolderTest {
    private static final UpdatePoint POINT = new UpdatePoint(DnsName.parse("wsus01.contoso.com"), 8531);
    private static final Instant CHANGE = Instant.parse("2026-11-22T09:00:00Z");

    @TempDir
    private Path folder;

    /** Local time is UTC+1, so the bias is -60. */
    private static String server(String minute, String message) {
        return message + "  $$<SMS_WSUS_SYNC_MANAGER><11-22-2026 10:" + minute
                + ":00.123-60><thread=4660 (0x1234)>\r\n";
    }

    private static String client(String minute, String message) {
        return "<![LOG[" + message + "]LOG]!><time=\"10:" + minute
                + ":00.123-60\" date=\"11-22-2026\" component=\"WUAHandler\" context=\"\" type=\"1\" thread=\"1\" file=\"x.cpp:1\">\r\n";
    }

    private void log(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("", lines), StandardCharsets.ISO_8859_1);
    }

    private List<String> judged() throws LifecycleException {
        return new LogFolder(folder)
                .judge(POINT, CHANGE).stream()
                        .map(verdict -> verdict.state() + " " + verdict.sentence() + " | " + verdict.fix())
                        .toList();
    }

    private static final String[] WCM_GOOD = {
        server("01", "SCF change notification triggered."),
        server("02", "Populating config from SCF"),
        server("03", "Setting new configuration state to 1 (WSUS_CONFIG_PENDING)"),
        server("04", "Attempting connection to local WSUS server"),
        server("05", "Successfully connected to local WSUS server"),
        server("06", "Setting new configuration state to 2 (WSUS_CONFIG_SUCCESS)")
    };

    @Test
    void a_whole_sequence_in_order_is_good() throws Exception {
        log("WCM.log", WCM_GOOD);

        assertThat(judged()).containsExactly("GOOD WCM.log (site server): all of it at 2026-11-22T09:06:00Z | ");
    }

    @Test
    void the_form_for_a_remote_server_is_good_too() throws Exception {
        log(
                "WCM.log",
                WCM_GOOD[0],
                WCM_GOOD[1],
                WCM_GOOD[2],
                server("04", "Attempting connection to WSUS server: WSUS01.contoso.com, port: 8531, useSSL: True"),
                server("05", "Successfully connected to server: WSUS01.contoso.com, port: 8531, useSSL: True"),
                WCM_GOOD[5]);

        assertThat(judged()).containsExactly("GOOD WCM.log (site server): all of it at 2026-11-22T09:06:00Z | ");
    }

    @Test
    void lines_from_before_the_change_do_not_count() throws Exception {
        log(
                "wcm.LOG",
                server("00", "SCF change notification triggered."),
                WCM_GOOD[1],
                WCM_GOOD[2],
                WCM_GOOD[3],
                WCM_GOOD[4],
                WCM_GOOD[5]);

        assertThat(judged())
                .containsExactly("WAITING WCM.log (site server): 0 of 6 steps seen; awaited next:"
                        + " \"SCF change notification triggered.\" | tick \"Require SSL communication to the WSUS server\" on"
                        + " the software update point, or Set-CMSoftwareUpdatePoint -EnableSsl $true");
    }

    @Test
    void lines_out_of_order_do_not_count() throws Exception {
        log(
                "WCM.log",
                WCM_GOOD[0],
                server("02", "Setting new configuration state to 1 (WSUS_CONFIG_PENDING)"),
                server("03", "Populating config from SCF"),
                WCM_GOOD[5]);

        assertThat(judged())
                .containsExactly(
                        "WAITING WCM.log (site server): 2 of 6 steps seen since 2026-11-22T09:03:00Z; awaited next:"
                                + " \"Setting new configuration state to 1 (WSUS_CONFIG_PENDING)\" | wait some minutes, then read the"
                                + " logs again; the URL must be https://wsus01.contoso.com:8531");
    }

    @Test
    void a_failure_names_its_cause_and_not_the_line_that_only_repeats_it() throws Exception {
        log(
                "WCM.log",
                WCM_GOOD[0],
                server(
                        "04",
                        "System.Net.WebException: The underlying connection was closed: Could not establish trust"
                                + " relationship for the SSL/TLS secure channel"),
                server("05", "Setting new configuration state to 3 (WSUS_CONFIG_FAILED)"));

        assertThat(judged())
                .containsExactly(
                        "FAILED WCM.log (site server): 2026-11-22T09:04:00Z System.Net.WebException: The underlying"
                                + " connection was closed: Could not establish trust relationship for the SSL/TLS secure channel | put the"
                                + " root of the WSUS server's certificate into Trusted Root of Local Computer on the machine that wrote"
                                + " this, and see that the name it uses is in the certificate");
    }

    @Test
    void a_failure_that_a_later_success_healed_is_none() throws Exception {
        log(
                "WCM.log",
                server("01", "Setting new configuration state to 3 (WSUS_CONFIG_FAILED)"),
                String.join("", WCM_GOOD));

        assertThat(judged()).containsExactly("GOOD WCM.log (site server): all of it at 2026-11-22T09:06:00Z | ");
    }

    @Test
    void a_failure_after_a_success_counts() throws Exception {
        log(
                "WCM.log",
                String.join("", WCM_GOOD),
                server("30", "The request failed with HTTP status 503: Service Unavailable."));

        assertThat(judged())
                .containsExactly(
                        "FAILED WCM.log (site server): 2026-11-22T09:30:00Z The request failed with HTTP status 503:"
                                + " Service Unavailable. | start the application pool WsusPool; private memory limit 0, queue length"
                                + " 2000");
    }

    @Test
    void a_site_that_still_connects_without_tls_is_told_so() throws Exception {
        log(
                "WCM.log",
                WCM_GOOD[0],
                server("04", "Attempting connection to WSUS server: wsus01.contoso.com, port: 8530, useSSL: False"));

        assertThat(judged())
                .singleElement()
                .asString()
                .startsWith("FAILED")
                .endsWith(
                        " | the software update point is still without SSL: Set-CMSoftwareUpdatePoint -EnableSsl $true");
    }

    @Test
    void the_full_synchronization_is_followed_to_its_end() throws Exception {
        log(
                "wsyncmgr.log",
                server("01", "Starting Sync"),
                server("02", "Full sync required due to changes in main WSUS server location."),
                server("03", "Found active SUP wsus01.contoso.com from SCF File."),
                server("04", "https://wsus01.contoso.com:8531"),
                server("05", "Done synchronizing WSUS Server wsus01.contoso.com"),
                server("06", "sync: Starting SMS database synchronization"));

        assertThat(judged())
                .containsExactly(
                        "WAITING wsyncmgr.log (site server): 6 of 7 steps seen since 2026-11-22T09:06:00Z; awaited"
                                + " next: \"Done synchronizing SMS with WSUS Server wsus01.contoso.com\" | wait some minutes, then read"
                                + " the logs again; the URL must be https://wsus01.contoso.com:8531");
    }

    @Test
    void a_child_site_is_told_to_wait_for_its_parent() throws Exception {
        log(
                "wsyncmgr.log",
                "Performing sync on parent request  $$<SMS_WSUS_SYNC_MANAGER><11-20-2026 10:00:00.000-60><thread=1>\n");

        assertThat(judged())
                .containsExactly(
                        "WAITING wsyncmgr.log (site server): this is a child site, which waits for its parent to"
                                + " synchronize first | synchronize at the top-level site; then \"Starting Sync\" appears here");
    }

    @Test
    void logs_of_clients_are_read_with_messages_of_several_lines() throws Exception {
        Files.createDirectory(folder.resolve("client"));
        log(
                "client/LocationServices.log",
                client(
                        "07",
                        "WSUSLocationReply : <WSUSLocationReply SchemaVersion=\"1\">\r\n<LocationRecord"
                                + " WSUSURL=\"https://wsus01.contoso.com:8531\" ServerName=\"WSUS01\"/>\r\n</WSUSLocationReply>"));
        log(
                "client/ScanAgent.log",
                client(
                        "08",
                        "Message received: '<?xml version='1.0' ?>\r\n<UpdateSourceMessage"
                                + " MessageType='ScanByUpdateSource'><ForceScan>TRUE</ForceScan></UpdateSourceMessage>'"));
        log(
                "client/WUAHandler.log",
                client("09", "Enabling WUA Managed server policy to use server: https://wsus01.contoso.com:8531"),
                client("10", "Successfully completed scan."));

        assertThat(judged())
                .containsExactly(
                        "GOOD LocationServices.log (client): all of it at 2026-11-22T09:07:00Z | ",
                        "GOOD ScanAgent.log (client): all of it at 2026-11-22T09:08:00Z | ",
                        "GOOD WUAHandler.log (client): all of it at 2026-11-22T09:10:00Z | ");
    }

    @Test
    void the_code_of_a_failed_scan_is_explained() throws Exception {
        log("WUAHandler.log", client("09", "Scan failed with error = 0x80072f0c."));

        assertThat(judged())
                .containsExactly(
                        "FAILED WUAHandler.log (client): 2026-11-22T09:09:00Z Scan failed with error = 0x80072f0c. |"
                                + " The server asks for a client certificate. A virtual directory of WSUS is set to accept or require"
                                + " client certificates. Set client certificates to Ignore on the five virtual directories; \"certwright"
                                + " wsus check\" names them.");
    }

    @Test
    void an_older_part_of_a_log_is_read_before_the_newer_one() throws Exception {
        log("WCM.log", WCM_GOOD[3], WCM_GOOD[4], WCM_GOOD[5]);
        log("WCM.lo_", WCM_GOOD[0], WCM_GOOD[1], WCM_GOOD[2]);

        assertThat(judged()).singleElement().asString().startsWith("GOOD");
    }

    @Test
    void a_log_saved_again_in_utf_16_is_read() throws Exception {
        Files.writeString(folder.resolve("WCM.log"), "\ufeff" + String.join("", WCM_GOOD), StandardCharsets.UTF_16LE);

        assertThat(judged()).singleElement().asString().startsWith("GOOD");
    }

    /** Half a line, a date that is none, an end without a beginning: passed over. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCF change notification triggered.  $$<X><13-45-2026 10:01:00.000-60><thread=1>",
                "SCF change notification triggered.  $$<X><11-22-2026 10:01",
                "<![LOG[SCF change notification triggered.]LOG]!><time=\"99:01:00.000-60\" date=\"11-22-2026\">",
                "<![LOG[SCF change notification triggered.",
                "]LOG]!><time=\"10:01:00.000-60\" date=\"11-22-2026\">",
            })
    void garbage_is_passed_over(String line) throws Exception {
        log("WCM.log", line);

        assertThat(judged()).singleElement().asString().startsWith("WAITING WCM.log (site server): 0 of 6 steps seen;");
    }

    @Test
    void a_folder_without_any_of_the_logs_is_refused() {
        assertThatThrownBy(this::judged)
                .isInstanceOf(LifecycleException.class)
                .hasMessage("logs in \"" + folder
                        + "\": none of WCM.log, wsyncmgr.log, LocationServices.log, ScanAgent.log and"
                        + " WUAHandler.log is there; copy them from the site server's Logs folder and from a client's"
                        + " C:\\Windows\\CCM\\Logs");
    }

    @Test
    void a_folder_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> new LogFolder(folder.resolve("none")).judge(POINT, CHANGE))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("logs in \"" + folder.resolve("none")
                        + "\": cannot be read (NoSuchFileException); name a folder" + " that holds copies of the logs");
    }
}
