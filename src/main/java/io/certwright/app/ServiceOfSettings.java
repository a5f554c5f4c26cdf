package io.certwright.app;

import io.certwright.app.settings.Settings;
import io.certwright.binding.HostName;
import io.certwright.cli.ServiceControl;
import io.certwright.cli.WrongUsage;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.WriteHostEvent;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.eventlog.HostEvent;
import io.certwright.windows.service.ServiceAccount;
import io.certwright.windows.service.ServicePlan;
import io.certwright.windows.service.ServiceRegister;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The service of one settings file on this machine. */
final class ServiceOfSettings implements ServiceControl {
    private final Lazy<Settings> settings;
    private final Path file;
    private final Map<String, String> environment;

    ServiceOfSettings(Lazy<Settings> settings, Path file, Map<String, String> environment) {
        this.settings = settings;
        this.file = file;
        this.environment = environment;
    }

    @Override
    public Installed install(String name) throws LifecycleException {
        requireName(name);
        ServiceRegister register = register();
        Optional<HostName> local = settings.get().findHostOnThisWindows();
        ServiceAccount account = local.isPresent() ? ServiceAccount.LOCAL_SYSTEM : ServiceAccount.LOCAL_SERVICE;
        ServicePlan plan = new ServicePlan(
                name,
                Path.of(System.getProperty("certwright.home", ".")),
                Path.of(System.getProperty("java.home", ".")),
                file,
                settings.get().root(),
                account);
        register.install(plan);
        Optional<String> noEvents = findFaultOfEvents(name);
        return new Installed(
                account.accountName(),
                local.map(host -> "host " + host + " is this machine's own Windows")
                        .orElse("no host of the settings is this machine's own Windows"),
                settings.get()
                        .root()
                        .resolve("data")
                        .resolve("log")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                noEvents);
    }

    /** The first event makes the source known, which only an administrator may, so that the service can write the rest. */
    private Optional<String> findFaultOfEvents(String name) {
        try {
            WindowsHost host = OwnEvents.findHost(environment)
                    .orElseThrow(() -> new LifecycleException(
                            FailureKind.REFUSED, "POWERSHELL_MISSING", "there is no Windows PowerShell 5.1"));
            host.perform(new WriteHostEvent(
                    HostEvent.SERVICE_INSTALLED.id(),
                    HostEvent.SERVICE_INSTALLED.kind(),
                    "service " + name + ": installed for " + file.toAbsolutePath()));
            return Optional.empty();
        } catch (LifecycleException failed) {
            return Optional.of(failed.getMessage());
        }
    }

    @Override
    public boolean remove(String name) throws LifecycleException {
        requireName(name);
        return register().remove(name);
    }

    @Override
    public Optional<String> findState(String name) throws LifecycleException {
        requireName(name);
        return register().findState(name).map(Enum::name);
    }

    private ServiceRegister register() throws LifecycleException {
        return ServiceRegister.of(environment, new RealPause()::lasting);
    }

    private static void requireName(String name) {
        try {
            ServicePlan.requireName(name);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage(String.valueOf(wrong.getMessage()));
        }
    }
}
