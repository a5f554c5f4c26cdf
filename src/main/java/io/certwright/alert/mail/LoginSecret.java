package io.certwright.alert.mail;

import io.certwright.config.SecretText;
import java.nio.file.Path;
import java.util.List;

/** By what a mail server knows that we are who we say. */
public sealed interface LoginSecret {
    /** The settings that name it, for sentences. */
    String setting();

    /** A password, by PLAIN or LOGIN. */
    record Password(SecretText text) implements LoginSecret {
        @Override
        public String setting() {
            return "alerts.mail.password";
        }
    }

    /** An access token by XOAUTH2, in a file that somebody else keeps fresh: its first line. */
    record TokenFile(Path file) implements LoginSecret {
        @Override
        public String setting() {
            return "alerts.mail.token-file";
        }
    }

    /** An access token by XOAUTH2, printed by a program that is asked for each run: the first line of its output. */
    record TokenCommand(List<String> command) implements LoginSecret {
        public TokenCommand {
            command = List.copyOf(command);
            if (command.isEmpty() || command.get(0).isBlank()) {
                throw new IllegalArgumentException("token-command: got nothing, wanted a program and its arguments");
            }
        }

        @Override
        public String setting() {
            return "alerts.mail.token-command";
        }

        /** The program alone: its arguments may be nobody's business. */
        @Override
        public String toString() {
            return "TokenCommand[" + command.get(0) + "]";
        }
    }
}
