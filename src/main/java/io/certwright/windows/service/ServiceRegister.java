package io.certwright.windows.service;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The services of the Windows that this process runs on. */
public final class ServiceRegister {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String SERVICES = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\";
    private static final String PARAMETERS = "HKLM\\SOFTWARE\\WOW6432Node\\Apache Software Foundation\\ProcRun 2.0\\";

    /** A number and its name are the same in every language; the first such pair is the type. */
    private static final Pattern NUMBERED = Pattern.compile(": +([0-9]+) +[A-Z_]+");

    private static final Pattern PROGRAM = Pattern.compile("REG_(?:EXPAND_)?SZ\\s+(.*)");

    private final Path system;
    private final Programs programs;
    private final Consumer<Duration> pause;

    private ServiceRegister(Path system, Programs programs, Consumer<Duration> pause) {
        this.system = system;
        this.programs = programs;
        this.pause = pause;
    }

    /**
     * Of this machine.
     *
     * @param environment of this process, of which {@code SystemRoot} counts
     * @param pause lets time pass between two looks
     */
    public static ServiceRegister of(Map<String, String> environment, Consumer<Duration> pause)
            throws LifecycleException {
        Optional<Path> system = environment.entrySet().stream()
                .filter(variable -> variable.getKey().equalsIgnoreCase("SystemRoot"))
                .map(variable -> Path.of(variable.getValue()).resolve("System32"))
                .filter(folder -> Files.isRegularFile(folder.resolve("sc.exe")))
                .findFirst();
        return new ServiceRegister(
                system.orElseThrow(
                        () -> refused(
                                "SERVICE_NO_WINDOWS",
                                "this machine has no service manager of Windows; on Linux let systemd run \"certwright serve\"")),
                new Programs(LIMIT),
                pause);
    }

    /** How a service stands: 1 stopped, 2 starting, 3 stopping, 4 running, as Windows numbers it. */
    public enum State {
        STOPPED,
        START_PENDING,
        STOP_PENDING,
        RUNNING,
        OTHER;

        private static State numbered(int number) {
            return number >= 1 && number <= 4 ? values()[number - 1] : OTHER;
        }
    }

    /** Empty where there is no such service. */
    public Optional<State> findState(String name) throws LifecycleException {
        Programs.Ran ran = programs.run(List.of(program("sc.exe"), "query", name));
        if (!ran.succeeded()) {
            return Optional.empty();
        }
        return NUMBERED.matcher(ran.said())
                .results()
                .skip(1)
                .map(state -> State.numbered(Integer.parseInt(state.group(1))))
                .findFirst()
                .or(() -> Optional.of(State.OTHER));
    }

    /** Throws unless this process may install and remove services. */
    public void requireAdministrator() throws LifecycleException {
        if (!Files.isWritable(system)) {
            throw new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    "SERVICE_NOT_ELEVATED",
                    "service: this account has no administrator's token, wanted one; open the console by \"Run as administrator\"");
        }
    }

    /** Registers it, lets Windows start it again where it fails, and gives its account the data folder. Does not start it. */
    public void install(ServicePlan plan) throws LifecycleException {
        requireAdministrator();
        plan.requireWhole();
        if (findState(plan.name()).isPresent()) {
            throw refused(
                    "SERVICE_THERE",
                    plan.name() + " is installed already; remove it first: certwright windows service remove --name "
                            + plan.name());
        }
        makeFolder(plan.logs());
        grant(plan);
        Programs.Ran installed = programs.run(plan.installWords());
        if (!installed.succeeded() || findState(plan.name()).isEmpty()) {
            throw refused(
                    "SERVICE_NOT_INSTALLED",
                    plan.name() + ": prunsrv ended with " + installed.exit() + ", " + installed.lastWord());
        }
        require(
                programs.run(List.of(
                        program("sc.exe"),
                        "failure",
                        plan.name(),
                        "reset=",
                        "86400",
                        "actions=",
                        "restart/60000/restart/300000/restart/900000")),
                "Windows does not take how " + plan.name() + " is to be started again where it fails");
    }

    /** Files that others than the service made stay theirs, and become the service's too. */
    private void grant(ServicePlan plan) throws LifecycleException {
        require(
                programs.run(List.of(
                        program("icacls.exe"),
                        plan.data().toString(),
                        "/grant",
                        "*" + plan.account().sid() + ":(OI)(CI)F",
                        "/T",
                        "/C",
                        "/Q")),
                "its account does not get the folder " + plan.data());
    }

    private static void makeFolder(Path folder) throws LifecycleException {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw refused(
                    "SERVICE_PATH_MISSING", folder + " cannot be made (" + refused.getMessage() + "); make it by hand");
        }
    }

    /** Stops it and takes it away; false where there is none. Refuses what Certwright did not install. */
    public boolean remove(String name) throws LifecycleException {
        requireAdministrator();
        Optional<State> state = findState(name);
        if (state.isEmpty()) {
            return false;
        }
        requireOurs(name);
        stop(name, state.get());
        require(programs.run(List.of(program("sc.exe"), "delete", name)), name + " is not taken away");
        programs.run(List.of(program("reg.exe"), "delete", PARAMETERS + name, "/f"));
        return true;
    }

    /**
     * One that is stopping already takes no second word to stop, and takes a moment to end. One that takes longer is no reason to keep
     * it: Windows takes away what is deleted as soon as it has ended.
     */
    private void stop(String name, State state) throws LifecycleException {
        if (state != State.STOPPED && state != State.STOP_PENDING) {
            require(programs.run(List.of(program("net.exe"), "stop", name)), name + " does not stop");
        }
        Duration waited = Duration.ZERO;
        while (waited.compareTo(STOP_LIMIT) < 0 && isStopping(name)) {
            pause.accept(BETWEEN_LOOKS);
            waited = waited.plus(BETWEEN_LOOKS);
        }
    }

    private boolean isStopping(String name) throws LifecycleException {
        return findState(name).filter(State.STOP_PENDING::equals).isPresent();
    }

    private void requireOurs(String name) throws LifecycleException {
        Programs.Ran asked = programs.run(List.of(program("reg.exe"), "query", SERVICES + name, "/v", "ImagePath"));
        Matcher image = PROGRAM.matcher(asked.said());
        if (!image.find() || !image.group(1).contains("prunsrv.exe")) {
            throw refused(
                    "SERVICE_NOT_OURS",
                    name + " is not run by prunsrv, so Certwright did not install it; name the right one by --name");
        }
    }

    private String program(String name) {
        return system.resolve(name).toString();
    }

    private static void require(Programs.Ran ran, String otherwise) throws LifecycleException {
        if (!ran.succeeded()) {
            throw refused("SERVICE_REFUSED", otherwise + ": " + ran.lastWord());
        }
    }

    private static LifecycleException refused(String code, String why) {
        return new LifecycleException(FailureKind.REFUSED, code, "service: " + why);
    }
}
