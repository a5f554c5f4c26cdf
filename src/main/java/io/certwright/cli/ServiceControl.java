package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** Certwright as a service of the Windows that it runs on. */
public interface ServiceControl {
    /**
     * What was installed.
     *
     * @param account as whom it runs
     * @param reason why as that one
     * @param logs the folder that it logs to
     * @param noEvents why nothing can be written to the Windows Event Log; empty where it can
     */
    record Installed(String account, String reason, String logs, Optional<String> noEvents) {}

    /** Installs it for the settings of this command; does not start it. */
    Installed install(String name) throws LifecycleException;

    /** Stops it and takes it away; false where there is none. */
    boolean remove(String name) throws LifecycleException;

    /** {@code RUNNING}, {@code STOPPED} and so on; empty where there is none. */
    Optional<String> findState(String name) throws LifecycleException;
}
