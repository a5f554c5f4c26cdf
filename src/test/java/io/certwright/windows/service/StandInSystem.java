package io.certwright.windows.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Windows' programs for services, as far as the register calls them, by scripts that keep their services as files of a folder. */
final class StandInSystem {
    private final Path root;
    private final Path services;

    StandInSystem(Path root) throws IOException {
        this.root = root;
        this.services = Files.createDirectories(root.resolve("services"));
        Files.createDirectories(root.resolve("System32"));
        program("sc.exe", """
                case $1 in
                    query) [ -f "$SERVICES/$2" ] || { echo "[SC] EnumQueryServicesStatus:OpenService FEHLER 1060:"; exit 36; }
                        printf '\\nSERVICE_NAME: %s \\n        TYP                : 10  WIN32_OWN_PROCESS  \\n        STATUS             : %s \\n' "$2" "$(cat "$SERVICES/$2")" ;;
                    failure) ;;
                    delete) rm "$SERVICES/$2" ;;
                esac
                """);
        program("net.exe", """
                [ ! -f "$SERVICES/$2.stubborn" ] || { echo "Der Dienst konnte nicht beendet werden."; exit 2; }
                echo "1  STOPPED" > "$SERVICES/$2"
                """);
        program("reg.exe", """
                [ "$1" != query ] || { echo; echo "    ImagePath    REG_EXPAND_SZ    $(cat "$SERVICES/$(basename "$(echo "$2" | tr '\\\\' /)").image")"; }
                """);
        program("icacls.exe", "");
    }

    private void program(String name, String lines) throws IOException {
        script(root.resolve("System32").resolve(name), lines);
    }

    private void script(Path file, String lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "#!/bin/bash\nSERVICES='" + services + "'\nprintf '%s|' \"${0##*/}\" \"$@\" >> '"
                        + root.resolve("called") + "'\necho >> '" + root.resolve("called") + "'\n" + lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A prunsrv that installs, in a release of its own. */
    void installsBy(Path prunsrv) throws IOException {
        script(prunsrv, """
                name=${1#//IS//}
                echo "1  STOPPED" > "$SERVICES/$name"
                echo "C:\\\\x\\\\prunsrv.exe //RS//$name" > "$SERVICES/$name.image"
                """);
    }

    /** A prunsrv that does not. */
    void refusesBy(Path prunsrv) throws IOException {
        script(prunsrv, "echo 'Failed installing service'\nexit 8\n");
    }

    void has(String service, String state, String image) throws IOException {
        Files.writeString(services.resolve(service), state + "\n");
        Files.writeString(services.resolve(service + ".image"), image + "\n");
    }

    void ends(String service) {
        try {
            Files.writeString(services.resolve(service), "1  STOPPED\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void doesNotStop(String service) throws IOException {
        Files.writeString(services.resolve(service + ".stubborn"), "");
    }

    Map<String, String> environment() {
        return Map.of("SYSTEMROOT", root.toString());
    }

    /** Each call, its words followed by bars. */
    List<String> called() throws IOException {
        return Files.readAllLines(root.resolve("called"));
    }
}
