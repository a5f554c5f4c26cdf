package io.certwright.trust.windows;

import static io.certwright.trust.windows.Html.text;

import io.certwright.trust.PinEnforcement;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustEntry;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of the README that says what to do: bring it to many machines, to one, check, undo, and what helps in an emergency. */
final class ReadmeSteps {
    private static final String POWERSHELL = "powershell.exe -NoProfile -ExecutionPolicy Bypass -File ";

    private final TrustBundle bundle;
    private final String group;

    ReadmeSteps(TrustBundle bundle) {
        this.bundle = bundle;
        this.group = bundle.group().name().value();
    }

    String html() {
        return (WindowsStore.isAnythingIn(bundle) ? groupPolicy() + managementTools() + oneMachine() : "")
                + check()
                + (WindowsStore.isAnythingIn(bundle) ? undo() : "")
                + emergency();
    }

    private String policyName() {
        return "Trust " + group;
    }

    private String groupPolicy() {
        return """
                <h2>Group Policy, for all machines of a domain</h2>
                <p>The script makes the policy, or brings it up to date; it needs the Group Policy module (RSAT) and the right to make
                policies. The second line is for machines that only connect.</p>
                """
                + commands(Stream.of(
                        POWERSHELL + "New-TrustPolicy.ps1 -Name \"" + policyName()
                                + "\" -LinkTo \"OU=Clients,DC=contoso,DC=com\"",
                        POWERSHELL + "New-TrustPolicy.ps1 -Name \"" + policyName()
                                + " (connecting)\" -Connecting -LinkTo \"OU=Servers,DC=contoso,DC=com\""))
                + """
                <p>By hand: paste the <code>-preferences.xml</code> files into Computer Configuration, Preferences, Windows Settings,
                Registry. Or import the <code>.cer</code> files that begin with <code>root-</code> and <code>intermediate-</code> under
                Policies, Windows Settings, Security Settings, Public Key Policies; for pins there is no such place.</p>
                """;
    }

    private String managementTools() {
        return """
                <h2>Intune and ConfigMgr</h2>
                <ul>
                <li>Intune: a remediation with <code>intune-detect.ps1</code> and <code>remediate.ps1</code>, as SYSTEM, in 64-bit
                PowerShell.</li>
                <li>ConfigMgr: a configuration item of type script, string, with <code>configmgr-detect.ps1</code> as discovery and
                <code>remediate.ps1</code> as remediation; its rule: the value begins with <code>Compliant</code>.</li>
                </ul>
                """;
    }

    private String oneMachine() {
        return """
                <h2>One machine</h2>
                <p>In an elevated command prompt in this folder (<code>pushd FOLDER</code> where it is a share). Each line is harmless
                twice. <code>-ConnectingOnly</code> leaves pins and signers out.</p>
                """
                + commands(Stream.of(POWERSHELL + "Import-Trust.ps1"))
                + "<p>Or certificate by certificate:</p>\n"
                + commands(forEach((store, entry) -> "certutil -f -addstore " + store.certutilName() + " "
                        + CertificateFileForm.nameOf(store, entry)))
                + """
                <p>The <code>.reg</code> files do the same by <code>reg import</code>. <code>Import-Certificate</code> takes only
                the first certificate of a <code>.p7b</code>; give it the <code>.sst</code>.</p>
                """;
    }

    private String check() {
        return """
                <h2>Check</h2>
                <p>The first line says what this machine lacks and what is wrong with its update policy; the second one looks at it as
                Windows Update does, with a TLS handshake and, with <code>-Scan</code>, a scan.</p>
                """
                + commands(Stream.of(POWERSHELL + "Test-Trust.ps1", POWERSHELL + "Test-UpdateClient.ps1 -Scan"))
                + """
                <p>Which machines have it, Certwright reads from the reports of Intune, ConfigMgr or
                <code>Test-Trust.ps1 -ReportTo FOLDER</code>, as CSV with the column that holds the output of the script:</p>
                """
                + commands(
                        Stream.of("certwright trust import " + group + " FILE.csv", "certwright trust status " + group))
                + (WindowsStore.isAnythingIn(bundle)
                        ? "<p>Certificate by certificate; each line shows it, or says that it cannot find it:</p>\n"
                                + commands(forEach((store, entry) ->
                                        "certutil -store " + store.certutilName() + " " + entry.thumbprint()))
                        : "");
    }

    private String undo() {
        return """
                <h2>Undo</h2>
                <p>Take away a root or an intermediate only when nothing else on the machine needs it: the script leaves them unless
                <code>-WithRoots</code> is given. A pin of an old certificate does no harm.</p>
                """
                + commands(Stream.concat(
                        Stream.of(
                                POWERSHELL + "Remove-Trust.ps1",
                                "powershell.exe -NoProfile -Command \"Remove-GPO -Name '" + policyName() + "'\""),
                        forEach((store, entry) ->
                                "certutil -delstore " + store.certutilName() + " " + entry.thumbprint())));
    }

    private String emergency() {
        if (!bundle.group().pinning()) {
            return "";
        }
        return "<h2>If pinned clients are cut off</h2>\n<p>This setting makes them go on without comparing pins, after their next"
                + " policy refresh: <code>" + text(PinEnforcement.setting())
                + "</code>. It does not depend on the update server. By Group Policy, on one machine, by Intune (or import <code>"
                + "emergency.reg</code>):</p>\n"
                + commands(PinEnforcement.release(policyName()).stream())
                + "<p>When every client has the pins, the end of it (or import <code>emergency-over.reg</code>):</p>\n"
                + commands(PinEnforcement.end(policyName()).stream());
    }

    private Stream<String> forEach(BiFunction<WindowsStore, TrustEntry, String> line) {
        return Arrays.stream(WindowsStore.values())
                .flatMap(store -> store.entriesOf(bundle).stream().map(entry -> line.apply(store, entry)));
    }

    private static String commands(Stream<String> lines) {
        List<String> escaped = lines.map(Html::text).toList();
        return escaped.stream().collect(Collectors.joining("\n", "<pre>", "</pre>\n"));
    }
}
