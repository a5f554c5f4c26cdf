package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The scripts for Windows PowerShell 5.1. They are constant and read {@code trust.json} beside them. Management tools that take one
 * file alone get the same script with the base64 of that JSON in a here-string, where no value can become code.
 */
final class ScriptForm implements PackageForm {
    private static final String FOLDER = "/powershell/client/";
    private static final int LINE = 100;
    private static final List<String> PARTS = List.of(
            "common",
            "beside",
            "embedded",
            "stores",
            "detect",
            "import-head",
            "import-main",
            "remove-head",
            "remove-main",
            "remediate-head",
            "remediate-main",
            "policy-head",
            "policy-main",
            "test-head",
            "test-main",
            "client-head",
            "client-main",
            "intune-head",
            "intune-main",
            "configmgr-head",
            "configmgr-main");
    /** Read once: a package is made anew for each look at whether it still is as it should be. */
    private static final Map<String, byte[]> CONTENTS = readParts();

    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        files.add(new PackageFile("trust.json", TrustJson.whole(bundle), "What the scripts here read."));
        if (WindowsStore.isAnythingIn(bundle)) {
            files.add(beside(
                    "Import-Trust.ps1", "Puts the certificates into the stores of one machine.", "import", "stores"));
            files.add(beside("Remove-Trust.ps1", "Takes pins and signers away again.", "remove", "stores"));
            files.add(beside("New-TrustPolicy.ps1", "Makes the Group Policy object.", "policy"));
            files.add(embedded(
                    "remediate.ps1",
                    TrustJson.whole(bundle),
                    "The remediation for Intune and ConfigMgr, in one file.",
                    "remediate",
                    "stores"));
        }
        files.add(beside("Test-Trust.ps1", "Says whether one machine has all this.", "test", "detect"));
        files.add(
                beside("Test-UpdateClient.ps1", "Looks at one client as Windows Update sees it.", "client", "detect"));
        files.add(embedded(
                "intune-detect.ps1",
                TrustJson.forDetection(bundle),
                "The detection for Intune, in one file.",
                "intune",
                "detect"));
        files.add(embedded(
                "configmgr-detect.ps1",
                TrustJson.forDetection(bundle),
                "The discovery script for a ConfigMgr configuration item, in one file.",
                "configmgr",
                "detect"));
        return files;
    }

    private static PackageFile beside(String name, String purpose, String script, String... functions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        append(bytes, script + "-head", "common", "beside");
        append(bytes, functions);
        append(bytes, script + "-main");
        return new PackageFile(name, bytes.toByteArray(), purpose);
    }

    private static PackageFile embedded(String name, byte[] json, String purpose, String script, String... functions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        append(bytes, script + "-head", "common");
        String payload = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(json);
        bytes.writeBytes(("$Payload = @'\n" + payload + "\n'@\n\n").getBytes(StandardCharsets.US_ASCII));
        append(bytes, "embedded");
        append(bytes, functions);
        append(bytes, script + "-main");
        return new PackageFile(name, bytes.toByteArray(), purpose);
    }

    private static void append(ByteArrayOutputStream bytes, String... parts) {
        for (String part : parts) {
            bytes.writeBytes(Objects.requireNonNull(CONTENTS.get(part), part));
        }
    }

    private static Map<String, byte[]> readParts() {
        return PARTS.stream().collect(Collectors.toUnmodifiableMap(part -> part, ScriptForm::read));
    }

    private static byte[] read(String part) {
        try (InputStream in = ScriptForm.class.getResourceAsStream(FOLDER + part + ".ps1")) {
            if (in == null) {
                throw new IllegalStateException("part " + part + " of the scripts: missing in this program");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("part " + part + " of the scripts: cannot be read", unreadable);
        }
    }
}
