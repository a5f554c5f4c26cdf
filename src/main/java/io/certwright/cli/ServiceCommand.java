package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code windows service …}: Certwright as a service of this Windows. */
@Command(
        name = "service",
        description = "Runs Certwright as a service of this Windows; needs an administrator.",
        subcommands = {ServiceCommand.Install.class, ServiceCommand.Remove.class, ServiceCommand.Status.class})
final class ServiceCommand {
    static final String STANDARD_NAME = "certwright";

    /** What each of them is told. */
    abstract static class Named {
        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "The name of the service; certwright if not given.")
        private String name = STANDARD_NAME;

        final String name() {
            return name;
        }
    }

    @Command(
            name = "install",
            description =
                    "Installs the service for these settings, to start with Windows. It runs as LocalSystem where the settings manage this machine's own Windows, else as LocalService.")
    static final class Install extends Named implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            ServiceControl.Installed installed = rooms.windowsService().install(name());
            installed.noEvents().ifPresent(why -> screen.note("Renewals will not be in the Windows Event Log: " + why));
            screen.answer(Answer.of(
                    List.of(
                            "Service " + name() + " is installed; it runs as " + installed.account() + ", because "
                                    + installed.reason() + ".",
                            "It starts with Windows. To start it now: net start " + name(),
                            "It logs to " + installed.logs()),
                    json -> json.put("service", name())
                            .put("account", installed.account())
                            .put("logs", installed.logs())));
            return ExitCode.DONE;
        }
    }

    @Command(name = "remove", description = "Stops the service and takes it away. The data stays.")
    static final class Remove extends Named implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            boolean removed = rooms.windowsService().remove(name());
            screen.answer(Answer.of(
                    removed ? "Service " + name() + " is removed." : "There is no service " + name() + ".",
                    json -> json.put("service", name()).put("removed", removed)));
            return ExitCode.DONE;
        }
    }

    @Command(name = "status", description = "Says how the service stands.")
    static final class Status extends Named implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            Optional<String> state = rooms.windowsService().findState(name());
            screen.answer(Answer.of(
                    state.map(found -> "Service " + name() + " is " + found + ".")
                            .orElse("There is no service " + name()
                                    + "; \"certwright windows service install\" installs it."),
                    json -> json.put("service", name()).put("state", state.orElse("ABSENT"))));
            return state.filter("RUNNING"::equals).isPresent() ? ExitCode.DONE : ExitCode.FINDINGS;
        }
    }
}
