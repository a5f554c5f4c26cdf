package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.CertwrightScript;
import io.certwright.windows.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code windows install-script HOST}: the steps after which our SSH key may run one file on a host and nothing else. */
@Command(
        name = "install-script",
        description = "Prints the steps that let Certwright's key run one script on a host and nothing else.")
final class InstallScriptCommand implements CommandBody {
    private static final Pattern PUBLIC_KEY = Pattern.compile("(ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+( [!-~ ]*)?");
    private static final String FOLDER = "C:\\Program Files\\Certwright";
    private static final String KEYS = "%ProgramData%\\ssh\\administrators_authorized_keys";

    @Parameters(paramLabel = "HOST", description = "As the settings call it.")
    private String host = "";

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description =
                    "The public half of the host's key, as ssh-keygen -y -f prints it; its line is then complete.")
    private Optional<Path> publicKey = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the script to copy there; certwright.ps1 if not given.")
    private Path out = Path.of("certwright.ps1");

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        requireHost(rooms);
        byte[] script = CertwrightScript.bundled().text().getBytes(StandardCharsets.US_ASCII);
        String key = publicKeyLine();
        write(script);
        String hash = Sha256Fingerprint.ofDer(script).hex().toUpperCase(Locale.ROOT);
        List<String> steps = steps(hash, key);
        screen.answer(Answer.of(
                steps,
                json -> json.put("host", host)
                        .put("script", out.toString())
                        .put("version", CertwrightScript.bundled().version())
                        .put("sha256", hash)
                        .put("authorizedKey", authorizedKey(key))));
        return ExitCode.DONE;
    }

    private void requireHost(Rooms rooms) throws LifecycleException {
        List<String> hosts = rooms.hosts();
        if (!hosts.contains(host)) {
            throw new WrongUsage("windows install-script: the settings have no host " + Printable.quote(host)
                    + (hosts.isEmpty() ? "; add it under hosts:" : ", wanted one of " + String.join(", ", hosts)));
        }
    }

    private List<String> steps(String hash, String key) {
        return List.of(
                "The script is written to " + out + ". On host " + host + ", as an administrator:",
                "",
                "1. Copy it to " + Presence.INSTALLED_AT + " and let administrators alone change it:",
                "     icacls \"" + FOLDER
                        + "\" /inheritance:r /grant *S-1-5-18:(OI)(CI)F /grant *S-1-5-32-544:(OI)(CI)F",
                "2. Check that it is the same file:",
                "     powershell.exe -NoProfile -Command \"(Get-FileHash -LiteralPath '" + Presence.INSTALLED_AT
                        + "').Hash\"",
                "     wanted " + hash,
                "3. Put this line, and no other for this key, into " + KEYS + ":",
                "     " + authorizedKey(key),
                "4. Let nobody else read that file:",
                "     icacls \"" + KEYS + "\" /inheritance:r /grant *S-1-5-18:F /grant *S-1-5-32-544:F",
                "",
                "Then set script: installed under hosts: " + host
                        + ", and see that \"certwright doctor\" finds nothing.",
                "To undo it, remove the line and the folder. After an update of Certwright that says HOST_SCRIPT_OTHER, do 1 and 2 again.");
    }

    private static String authorizedKey(String key) {
        return "restrict,command=\"powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File \\\""
                + Presence.INSTALLED_AT + "\\\" -FromInput\" " + key;
    }

    private String publicKeyLine() throws LifecycleException {
        if (publicKey.isEmpty()) {
            return "PUBLIC-KEY-OF-CERTWRIGHT";
        }
        try {
            String line =
                    Files.readString(publicKey.get(), StandardCharsets.US_ASCII).strip();
            if (!PUBLIC_KEY.matcher(line).matches()) {
                throw new WrongUsage("windows install-script: " + publicKey.get()
                        + " is no public key of SSH, wanted one line as ssh-keygen -y -f KEY prints it");
            }
            return line;
        } catch (IOException unreadable) {
            throw new WrongUsage("windows install-script: " + publicKey.get()
                    + " cannot be read; write it with ssh-keygen -y -f KEY");
        }
    }

    private void write(byte[] script) throws LifecycleException {
        try {
            Files.write(out, script);
        } catch (IOException refused) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "SCRIPT_NOT_WRITTEN",
                    "windows install-script: " + out + " cannot be written; give another place by --out",
                    refused);
        }
    }
}
