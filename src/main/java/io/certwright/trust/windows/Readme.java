package io.certwright.trust.windows;

import static io.certwright.trust.windows.Html.text;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import io.certwright.trust.TrustRole;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code README.html}: what the package holds and why, which file goes into which store, how to import, check and undo. Opens
 * without network, and holds no time of making: the same bundle gives the same bytes.
 */
final class Readme {
    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, "Segoe UI", sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            pre { overflow-x: auto; padding: .7rem; border: 1px solid #8886; border-radius: 4px; }
            code, pre { font-family: Consolas, ui-monospace, monospace; font-size: .875rem; }
            .wide { overflow-x: auto; } table { border-collapse: collapse; }
            th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid #8884; }
            td code { overflow-wrap: anywhere; }
            """;

    private final TrustBundle bundle;
    private final List<PackageFile> files;

    private Readme(TrustBundle bundle, List<PackageFile> files) {
        this.bundle = bundle;
        this.files = files;
    }

    static PackageFile of(TrustBundle bundle, List<PackageFile> files) {
        String page = new Readme(bundle, files).page();
        return new PackageFile("README.html", page.getBytes(StandardCharsets.US_ASCII), "What to do with all this.");
    }

    private String page() {
        String title = "Trust for the clients of " + text(bundle.group().name().value());
        String body = bundle.isEmpty() ? nothingToImport() : contents() + steps() + fileList();
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + title + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n"
                + "<h1>" + title + "</h1>\n" + body + "</body>\n</html>\n";
    }

    private static String nothingToImport() {
        return """
                <p><strong>Nothing is to be imported.</strong> The servers of these clients use certificates of a CA that Windows
                trusts already, and these clients compare no pin. This package stays here so that the place is known when that
                changes.</p>
                """;
    }

    private String contents() {
        return """
                <p>Every client that talks to these servers must have the certificates below <strong>before</strong> a server
                shows its new certificate. The new ones stand beside the old ones; nothing has to be removed now.</p>
                """
                + pinRule()
                + Arrays.stream(WindowsStore.values()).map(this::storeSection).collect(Collectors.joining());
    }

    private String pinRule() {
        if (!bundle.group().pinning()) {
            return """
                    <p>These clients compare no pin: their store <code>WindowsServerUpdateServices</code> must stay empty.</p>
                    """;
        }
        return """
                <p>Roots and intermediates are for all that connect: clients, downstream servers, site servers and consoles.
                Pins are only for clients that scan for updates. A client with at least one pin talks to no update server whose
                certificate is not among its pins, so import <em>all</em> pins or none.</p>
                """;
    }

    private String storeSection(WindowsStore store) {
        List<TrustEntry> entries = store.entriesOf(bundle);
        if (entries.isEmpty()) {
            return "";
        }
        return "<h2>For " + text(store.words()) + "</h2>\n<div class=\"wide\"><table>\n"
                + "<tr><th>Certificate</th><th>Thumbprint (SHA-1)</th><th>Valid until (UTC)</th><th>File</th></tr>\n"
                + entries.stream().map(Readme::row).collect(Collectors.joining())
                + "</table></div>\n";
    }

    private static String row(TrustEntry entry) {
        String whose = entry.role() == TrustRole.PIN ? "<br>presented by " + text(entry.label()) : "";
        String until = ValidityPeriod.of(entry.certificate()).notAfter().toString();
        return "<tr><td>" + text(Subjects.commonNameOf(entry.certificate())) + whose + "</td><td><code>"
                + entry.thumbprint() + "</code></td><td>" + until + "</td><td><code>"
                + CertificateFileForm.nameOf(entry) + "</code></td></tr>\n";
    }

    private String steps() {
        return """
                <h2>Import by Group Policy, for all clients</h2>
                <p>Computer Configuration, Policies, Windows Settings, Security Settings, Public Key Policies: import the
                <code>.cer</code> files that begin with <code>root-</code> into Trusted Root Certification Authorities and those
                that begin with <code>intermediate-</code> into Intermediate Certification Authorities. Group Policy has no such
                place for pins: run the line for pins below as a computer startup script, or as a script of ConfigMgr or
                Intune.</p>
                <h2>Import on one machine</h2>
                <p>In an elevated command prompt in this folder (<code>pushd FOLDER</code> where it is a share). Each line is harmless
                twice.</p>
                """
                + commands(store -> store.entriesOf(bundle).stream()
                        .map(entry -> "certutil -f -addstore " + store.certutilName() + " "
                                + CertificateFileForm.nameOf(entry)))
                + """
                <p>The <code>.reg</code> files do the same by <code>reg import</code>. <code>Import-Certificate</code> takes only
                the first certificate of a <code>.p7b</code>; give it the <code>.sst</code>.</p>
                <h2>Check</h2>
                <p>Each line shows the certificate, or says that it cannot find it.</p>
                """
                + commands(store -> store.entriesOf(bundle).stream()
                        .map(entry -> "certutil -store " + store.certutilName() + " " + entry.thumbprint()))
                + """
                <h2>Undo</h2>
                <p>Take away a root or an intermediate only when nothing else on the machine needs it. A pin of an old
                certificate does no harm.</p>
                """
                + commands(store -> store.entriesOf(bundle).stream()
                        .map(entry -> "certutil -delstore " + store.certutilName() + " " + entry.thumbprint()))
                + emergency();
    }

    private String emergency() {
        if (!bundle.group().pinning()) {
            return "";
        }
        return """
                <h2>If pinned clients are cut off</h2>
                <p>This policy makes them go on without comparing pins, after their next policy refresh. Group Policy does not
                depend on the update server. Set it back to 0 when the pins are in place.</p>
                <pre>reg add HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate ^
                  /v DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection /t REG_DWORD /d 1 /f</pre>
                """;
    }

    private static String commands(Function<WindowsStore, Stream<String>> linesOf) {
        return Arrays.stream(WindowsStore.values())
                .flatMap(linesOf)
                .map(Html::text)
                .collect(Collectors.joining("\n", "<pre>", "</pre>\n"));
    }

    private String fileList() {
        return "<h2>Files</h2>\n<p>Their SHA-256 stands in <code>" + TrustPackage.MANIFEST
                + "</code>; <code>certutil -hashfile FILE SHA256</code> shows it too.</p>\n<div class=\"wide\"><table>\n"
                + files.stream()
                        .map(file -> "<tr><td><code>" + file.name() + "</code></td><td>" + text(file.purpose())
                                + "</td></tr>\n")
                        .collect(Collectors.joining())
                + "</table></div>\n";
    }
}
