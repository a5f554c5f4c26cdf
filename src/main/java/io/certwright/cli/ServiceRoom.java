package io.certwright.cli;

import io.certwright.failure.LifecycleException;

/** The serving side of a process: its listeners, and the schedule that runs renewals, watches and mails by itself. */
public interface ServiceRoom {
    /** Serves what is bound to the listener, and revocation lists where the settings say so. */
    void startListening() throws LifecycleException;

    /** From now on everything happens by itself. */
    void startSchedule() throws LifecycleException;

    /** What is served where, in one sentence. */
    String sentence();

    /** Returns when the process is asked to end. */
    void awaitEnd() throws InterruptedException;
}
