package io.certwright.windows.service;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a service is to be.
 *
 * @param name as {@code net start} takes it
 * @param home the folder of the release
 * @param javaHome the Java that runs the service
 * @param settings the settings file
 * @param root the folder from which the paths of the settings count
 */
public record ServicePlan(String name, Path home, Path javaHome, Path settings, Path root, ServiceAccount account) {
    /** As the launcher starts {@code serve}: small, and ended where memory runs out, so that Windows starts it again. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms32m",
            "-Xmn12m",
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dsun.net.httpserver.nodelay=true",
            "-Dcertwright.terminal=.");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,79}");

    /** What prunsrv takes for marks of its own. */
    private static final Pattern MARKS = Pattern.compile("[;#'\"]");

    private static final String STOP_LIMIT_SECONDS = "40";

    public ServicePlan {
        requireName(name);
        home = home.toAbsolutePath().normalize();
        settings = settings.toAbsolutePath().normalize();
        root = root.toAbsolutePath().normalize();
    }

    /** Throws {@link IllegalArgumentException} with a sentence unless it may be a service's name. */
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("service name: got " + Printable.quote(name)
                    + ", wanted a letter and then letters, digits, - or _, 80 at most");
        }
    }

    Path prunsrv() {
        return home.resolve("lib").resolve("prunsrv.exe");
    }

    Path jar() {
        return home.resolve("certwright.jar");
    }

    Path data() {
        return root.resolve("data");
    }

    Path logs() {
        return data().resolve("log");
    }

    private Path jvm() {
        return javaHome.resolve("bin").resolve("server").resolve("jvm.dll");
    }

    /** Throws with the first thing that is not there, or cannot be said to prunsrv. */
    void requireWhole() throws LifecycleException {
        requireFile(prunsrv(), "PRUNSRV_MISSING", "unzip a whole release and run the command from there");
        requireFile(jar(), "SERVICE_PATH_MISSING", "run the command from an unzipped release");
        requireFile(jvm(), "SERVICE_PATH_MISSING", "set JAVA_HOME to a 64-bit Java 17 or later and run it again");
        requireFile(settings, "SERVICE_PATH_MISSING", "name the settings file by --config");
        for (Path path : List.of(home, javaHome, settings, root)) {
            if (MARKS.matcher(path.toString()).find()) {
                throw refused(
                        "SERVICE_PATH_MARKS",
                        "got " + Printable.quote(path.toString())
                                + ", and prunsrv takes ; # ' and \" for marks of its own; choose a path without them");
            }
        }
    }

    private void requireFile(Path file, String code, String fix) throws LifecycleException {
        if (!Files.isRegularFile(file)) {
            throw refused(code, Printable.quote(file.toString()) + " is not there; " + fix);
        }
    }

    private LifecycleException refused(String code, String why) {
        return new LifecycleException(FailureKind.REFUSED, code, "service " + name + ": " + why);
    }

    /** The words by which prunsrv installs it. */
    List<String> installWords() {
        return List.of(
                prunsrv().toString(),
                "//IS//" + name,
                "--DisplayName=" + displayName(),
                "--Description=Renews the TLS certificates of Windows servers, and says in time what will expire.",
                "--Install=" + prunsrv(),
                "--Startup=auto",
                "--ServiceUser=" + account.accountName(),
                "--Jvm=" + jvm(),
                "--JvmOptions=" + String.join(";", JVM_OPTIONS) + ";-Dcertwright.home=" + home,
                "--Classpath=" + jar(),
                "--StartMode=jvm",
                "--StartClass=io.certwright.app.ServiceEntry",
                "--StartMethod=start",
                "--StartParams=--config;" + settings + ";serve",
                "--StartPath=" + root,
                "--StopMode=jvm",
                "--StopClass=io.certwright.app.ServiceEntry",
                "--StopMethod=stop",
                "--StopTimeout=" + STOP_LIMIT_SECONDS,
                "--LogPath=" + logs(),
                "--LogPrefix=service",
                "--StdOutput=" + logs().resolve("service-stdout.log"),
                "--StdError=" + logs().resolve("service-stderr.log"));
    }

    /** Windows wants these to differ, too. */
    private String displayName() {
        return name.equals("certwright") ? "Certwright" : "Certwright (" + name + ")";
    }
}
