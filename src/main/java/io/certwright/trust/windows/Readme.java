package io.certwright.trust.windows;

import static io.certwright.trust.windows.Html.text;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import io.certwright.trust.TrustRole;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code README.html}: what the package holds and why, which file goes into which store of which machine, how to bring it there,
 * check and undo. Opens without network, and holds no time of making: the same bundle gives the same bytes.
 */
final class Readme {
    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, "Segoe UI", sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .7rem; border: 1px solid #8886; border-radius: 4px; }
            code, pre { font-family: Consolas, ui-monospace, monospace; font-size: .875rem; }
            p code, li code { overflow-wrap: anywhere; }
            .wide { overflow-x: auto; } table { border-collapse: collapse; }
            th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid #8884; }
            td code { overflow-wrap: anywhere; }
            .note { border-left: 4px solid #c80; padding: .1rem .8rem; }
            @media (max-width: 40rem) {
              tr, td { display: block; } th { display: none; } td { border: 0; padding: .1rem 0; overflow-wrap: anywhere; }
              tr { border-bottom: 1px solid #8884; padding: .4rem 0; }
            }
            """;

    private final TrustBundle bundle;
    private final ClientGroup group;
    private final List<PackageFile> files;

    private Readme(TrustBundle bundle, List<PackageFile> files) {
        this.bundle = bundle;
        this.group = bundle.group();
        this.files = files;
    }

    static PackageFile of(TrustBundle bundle, List<PackageFile> files) {
        String page = new Readme(bundle, files).page();
        return new PackageFile("README.html", page.getBytes(StandardCharsets.US_ASCII), "What to do with all this.");
    }

    private String page() {
        String title = "Trust for the clients of " + text(group.name().value());
        String body = (WindowsStore.isAnythingIn(bundle) ? contents() : nothingToImport())
                + policy()
                + new ReadmeSteps(bundle).html()
                + fileList();
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + title + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n"
                + "<h1>" + title + "</h1>\n" + body + "</body>\n</html>\n";
    }

    private static String nothingToImport() {
        return """
                <p><strong>Nothing is to be imported.</strong> The servers of these clients use certificates of a CA that Windows
                trusts already, and these clients compare no pin. This package stays here so that the place is known when that
                changes, and for its checks.</p>
                """;
    }

    private String contents() {
        return """
                <p>Every client that talks to these servers must have the certificates below <strong>before</strong> a server
                shows its new certificate. The new ones stand beside the old ones; nothing has to be removed now.</p>
                """
                + CertificateSource.of(bundle).stream()
                        .map(source -> "<p>" + source.sentence() + "</p>\n")
                        .collect(Collectors.joining())
                + remarks()
                + audiences()
                + Arrays.stream(WindowsStore.values()).map(this::storeSection).collect(Collectors.joining());
    }

    private String remarks() {
        return bundle.remarks().stream()
                .map(remark -> "<p class=\"note\">" + text(remark) + "</p>\n")
                .collect(Collectors.joining());
    }

    private String audiences() {
        String pins = group.pinning()
                ? "A client with at least one pin talks to no update server whose certificate is not among its pins, so import"
                        + " <em>all</em> pins or none."
                : "These clients compare no pin: their store <code>WindowsServerUpdateServices</code> must stay empty.";
        return """
                <h2>Who needs what</h2>
                <ul>
                <li><strong>All who connect</strong> (clients, downstream servers, site servers, console computers): roots and
                intermediates.</li>
                <li><strong>Machines that scan for updates</strong>: pins, signers of local updates and the policy as well.
                """ + pins + "</li>\n</ul>\n";
    }

    private String storeSection(WindowsStore store) {
        List<TrustEntry> entries = store.entriesOf(bundle);
        if (entries.isEmpty()) {
            return "";
        }
        return "<h2>For " + text(store.words()) + "</h2>\n<div class=\"wide\"><table>\n"
                + "<tr><th>Certificate</th><th>Thumbprint (SHA-1)</th><th>Valid until (UTC)</th><th>File</th></tr>\n"
                + entries.stream().map(entry -> row(store, entry)).collect(Collectors.joining())
                + "</table></div>\n";
    }

    private static String row(WindowsStore store, TrustEntry entry) {
        LocalDate until =
                LocalDate.ofInstant(ValidityPeriod.of(entry.certificate()).notAfter(), ZoneOffset.UTC);
        return "<tr><td>" + text(Subjects.commonNameOf(entry.certificate())) + whose(entry) + "</td><td><code>"
                + entry.thumbprint() + "</code></td><td>" + until + "</td><td><code>"
                + CertificateFileForm.nameOf(store, entry) + "</code></td></tr>\n";
    }

    private static String whose(TrustEntry entry) {
        if (entry.role() == TrustRole.PIN) {
            return "<br>presented by " + text(entry.label());
        }
        return entry.role() == TrustRole.SIGNER ? "<br>signs locally published updates" : "";
    }

    private String policy() {
        List<RegistryValue> values = PolicyValues.of(group);
        if (values.isEmpty()) {
            return "";
        }
        return """
                <h2>Policy of machines that scan</h2>
                <p><code>policy.reg</code> and <code>Registry.pol</code> set these values below <code>HKLM</code>. In Group Policy:
                Computer Configuration, Administrative Templates, Windows Components, Windows Update (on newer Windows: Manage
                updates offered from Windows Server Update Service). A domain policy overrides what ConfigMgr sets; both must say the same
                address, port included.</p>
                <div class="wide"><table>
                <tr><th>Key</th><th>Value</th><th>Type</th><th>Set to</th></tr>
                """ + values.stream().map(Readme::row).collect(Collectors.joining()) + "</table></div>\n";
    }

    private static String row(RegistryValue value) {
        return "<tr><td><code>" + text(value.key()) + "</code></td><td><code>" + value.name() + "</code></td><td>"
                + value.type().windowsName() + "</td><td><code>" + text(value.shown()) + "</code></td></tr>\n";
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
