package io.certwright.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportFileTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final String PACKAGE = "0123456789ABCDEF";

    private static String line(String state, String host, String at) {
        return state + "; package " + PACKAGE + "; host " + host + "; at " + at;
    }

    private static ReportFile parse(String text) {
        return ReportFile.parse(text.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static ClientReport report(String host, boolean compliant, String detail, String at) {
        return new ClientReport(new ClientHost(host), PACKAGE, compliant, detail, Instant.parse(at));
    }

    @Test
    void reads_what_our_own_script_writes_several_files_one_after_another() {
        ReportFile file = parse("\"Result\"\r\n\"" + line("Compliant", "PC1.contoso.com", "2026-12-01T10:00:00Z")
                + "\"\r\n\"Result\"\r\n\"" + line("NonCompliant", "pc2", "2026-12-01T11:00:00Z")
                + "; missing Root AB (CurrentUser only)\"\r\n");

        assertThat(file)
                .isEqualTo(new ReportFile(
                        List.of(
                                report("pc1.contoso.com", true, "", "2026-12-01T10:00:00Z"),
                                report("pc2", false, "missing Root AB (CurrentUser only)", "2026-12-01T11:00:00Z")),
                        0,
                        0,
                        2));
    }

    @Test
    void reads_an_export_of_intune_where_the_later_output_of_a_row_counts() {
        ReportFile file = parse("\uFEFF\"DeviceName\",\"DetectionState\",\"PreRemediationDetectionScriptOutput\","
                + "\"PostRemediationDetectionScriptOutput\"\n\"PC1\",\"Success\",\""
                + line("NonCompliant", "PC1.contoso.com", "2026-12-01T09:00:00Z")
                + "; WUServer is \"\"x\"\", wanted y\",\""
                + line("Compliant", "PC1.contoso.com", "2026-12-01T09:05:00Z")
                + "\"\n\"PC2\",\"Pending\",\"\",\"\"\n");

        assertThat(file.reports()).containsExactly(report("pc1.contoso.com", true, "", "2026-12-01T09:05:00Z"));
        assertThat(file.silent()).isEqualTo(2);
    }

    @Test
    void reads_an_export_of_configmgr_with_semicolons_in_utf_16() {
        String text = "Device Name;Compliance State;Current Value\r\nPC1;Compliant;\""
                + line("Compliant", "pc1.contoso.com", "2026-12-01T09:00:00Z") + "\"\r\nPC2;Compliant;\r\n";
        byte[] utf16 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);

        ReportFile file = ReportFile.parse(utf16, NOW);

        assertThat(file.reports()).containsExactly(report("pc1.contoso.com", true, "", "2026-12-01T09:00:00Z"));
        assertThat(file.silent()).isEqualTo(2);
    }

    @Test
    void a_row_that_says_compliant_without_our_line_counts_for_nothing() {
        assertThat(parse("Device,State\nPC1,Compliant\n").reports()).isEmpty();
    }

    @Test
    void of_duplicates_the_latest_counts_and_a_wrong_clock_never() {
        ReportFile file = parse("Result\n\"" + line("Compliant", "pc1", "2026-12-01T09:00:00Z") + "\"\n\""
                + line("NonCompliant", "pc1", "2026-12-01T10:00:00Z") + "; missing CA 1\"\n\""
                + line("Compliant", "PC1", "2026-12-01T08:00:00Z") + "\"\n\""
                + line("Compliant", "pc3", "2027-12-01T08:00:00Z") + "\"\n");

        assertThat(file.reports()).containsExactly(report("pc1", false, "missing CA 1", "2026-12-01T10:00:00Z"));
        assertThat(file.duplicates()).isEqualTo(2);
        assertThat(file.fromTheFuture()).isEqualTo(1);
    }

    @Test
    void an_impossible_date_or_host_is_no_report() {
        assertThat(parse("Result\n\"" + line("Compliant", "pc1", "2026-13-41T09:00:00Z") + "\"\n\""
                                + line("Compliant", "p*c", "2026-12-01T09:00:00Z") + "\"\n")
                        .reports())
                .isEmpty();
    }

    @Test
    void any_garbage_is_read_to_its_end() {
        Random random = new Random(20261122);
        for (int i = 0; i < 2000; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            assertThat(ReportFile.parse(garbage, NOW).reports()).isEmpty();
        }
        assertThat(ReportFile.parse("M\u00fcnchen,x".getBytes(Charset.forName("windows-1252")), NOW)
                        .silent())
                .isEqualTo(1);
    }
}
