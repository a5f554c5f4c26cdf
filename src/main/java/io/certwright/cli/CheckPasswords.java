package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens files with the password of {@code --password-file}; without one a person is asked, if there is a person. */
final class CheckPasswords implements AutoCloseable {
    private static final int MOST_TRIES = 3;
    private static final int LONGEST = 1_000;

    private final Optional<SecretBytes> given;
    private final Surroundings surroundings;

    private CheckPasswords(Optional<SecretBytes> given, Surroundings surroundings) {
        this.given = given;
        this.surroundings = surroundings;
    }

    /** Throws {@link WrongUsage} where the file cannot be read. */
    static CheckPasswords of(Optional<Path> file, Surroundings surroundings) {
        return new CheckPasswords(file.map(CheckPasswords::firstLineOf), surroundings);
    }

    /** Reads a certificate file. Throws {@code WRONG_PASSWORD} where neither the file nor the person knew the right one. */
    CertificateFile read(Path file) throws LifecycleException {
        if (given.isPresent()) {
            return CertificateFiles.read(file, given.get());
        }
        try {
            return CertificateFiles.read(file);
        } catch (LifecycleException closed) {
            if (!closed.code().equals("WRONG_PASSWORD")) {
                throw closed;
            }
            return ask(file, closed);
        }
    }

    private CertificateFile ask(Path file, LifecycleException closed) throws LifecycleException {
        LifecycleException last = closed;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<SecretBytes> typed = askFor(file);
            if (typed.isEmpty()) {
                break;
            }
            try (SecretBytes password = typed.get()) {
                return CertificateFiles.read(file, password);
            } catch (LifecycleException wrong) {
                last = wrong;
            }
            if (!last.code().equals("WRONG_PASSWORD")) {
                break;
            }
        }
        throw last;
    }

    private Optional<SecretBytes> askFor(Path file) {
        try {
            return surroundings.askSecret("Password of " + Printable.escape(file.toString(), 300) + ": ");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static SecretBytes firstLineOf(Path file) {
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = text.read(); c >= 0 && c != '\n' && line.length() <= LONGEST; c = text.read()) {
                line.append((char) c);
            }
            if (line.length() > LONGEST) {
                throw new WrongUsage("--password-file: the first line of " + shown(file) + " is longer than " + LONGEST
                        + " characters, wanted a password.");
            }
            if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
            }
            return SecretBytes.ofText(line);
        } catch (IOException unreadable) {
            throw new WrongUsage("--password-file: " + shown(file) + " cannot be read; check the path.");
        }
    }

    private static String shown(Path file) {
        return Printable.escape(file.toString(), 300);
    }

    @Override
    public void close() {
        given.ifPresent(SecretBytes::close);
    }
}
