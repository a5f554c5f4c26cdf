package io.certwright.setup;

import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Port: the place of a settings file that is not there yet. */
public interface NewSettings {
    /** As it was named. */
    Path file();

    /** Whether there is one already, sound or not. */
    boolean isThere();

    /** A path of this process as the settings write it: relative paths count from their root. */
    String pathOf(Path file);

    /** What stands in the settings for the content of a file: {@code ${file:PATH}}. */
    String placeholderOf(Path file);

    /** The name of a file beside the settings for a secret, one that is not taken. */
    String freeSecretFile(String usual);

    /** Everything that is wrong with a draft, in its order: {@code hosts.wsus01.user: is missing, wanted a value}. Writes nothing. */
    List<String> faults(Draft draft);

    /** A sound draft, about to be tried. Nothing is written, not even a database. */
    Trial trial(Draft draft);

    /** Writes it, secrets first; never over anything. Throws {@code SETTINGS_NOT_WRITTEN}, and then nothing is left of it. */
    void write(Draft draft) throws LifecycleException;

    /** Each says in a sentence what was found, and throws where it does not work. */
    interface Trial {
        /** Visits the host; empty where there is none. */
        Optional<String> visitHost() throws LifecycleException;

        /** Reaches the CA without issuing anything. */
        String reachIssuer() throws LifecycleException;

        /** Sends a mail to the first who is to be told; empty where there is no mail server. */
        Optional<String> sendMail() throws LifecycleException;
    }
}
