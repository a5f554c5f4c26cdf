package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.setup.NewSettings.Trial;
import java.util.Optional;

/** What of new settings is tried before they are written. */
enum TriedPart {
    /** The server is visited. */
    HOST("the host") {
        @Override
        Optional<String> attempt(Trial trial) throws LifecycleException {
            return trial.visitHost();
        }
    },
    /** The CA is reached. */
    ISSUER("the CA") {
        @Override
        Optional<String> attempt(Trial trial) throws LifecycleException {
            return Optional.of(trial.reachIssuer());
        }
    },
    /** A mail is sent. */
    MAIL("mail") {
        @Override
        Optional<String> attempt(Trial trial) throws LifecycleException {
            return trial.sendMail();
        }
    };

    private final String words;

    TriedPart(String words) {
        this.words = words;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** What was found; empty where there is nothing to try. */
    abstract Optional<String> attempt(Trial trial) throws LifecycleException;
}
