package io.certwright.store.postgres;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an {@link SQLException} means for the story, told by its SQLSTATE. The server's detail line is left out: it repeats column
 * values, and some columns hold sealed keys.
 */
final class SqlFailure {
    private static final String UNIQUE_VIOLATION = "23505";

    private SqlFailure() {}

    /** The failure of {@code what} ("query", "commit") on the database at {@code address}. */
    static LifecycleException of(String what, String address, SQLException wrapped) {
        SQLException failure = innermost(wrapped);
        if (failure.getCause() instanceof LifecycleException known) {
            return known;
        }
        String state = stateOf(failure);
        String told = told(failure);
        String sentence = "database " + address + ": " + what + " failed: " + told;
        if (state.equals(UNIQUE_VIOLATION)) {
            return new ConflictException(constraintOf(failure), sentence, failure);
        }
        if (isConnectionMatter(failure, state)) {
            return unreachable(address, told, failure);
        }
        if (state.startsWith("28")) {
            return new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    "DATABASE_UNAUTHORIZED",
                    "database " + address + ": it refuses the user or the password: " + told
                            + "; put the right ones under database in the settings",
                    failure);
        }
        return switch (state) {
            case "40001", "40P01" ->
                new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "DATABASE_CONTENTION",
                        sentence + "; nothing was changed, try again",
                        failure);
            case "55P03", "57014" ->
                new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "DATABASE_TIMEOUT",
                        sentence + "; nothing was changed, another process may hold what this one wants",
                        failure);
            case "53100" ->
                new LifecycleException(
                        FailureKind.INTERNAL,
                        "DATABASE_DISK_FULL",
                        sentence + "; make room on the disk of the database and run it again",
                        failure);
            case "25006" ->
                new LifecycleException(
                        FailureKind.REFUSED,
                        "DATABASE_READ_ONLY",
                        "database " + address + ": it can only be read, wanted one that takes changes;"
                                + " name the primary server under database in the settings",
                        failure);
            case "3D000" ->
                new LifecycleException(
                        FailureKind.REFUSED,
                        "DATABASE_ABSENT",
                        "database " + address + ": " + told + "; create it, or correct database.url in the settings",
                        failure);
            default -> new LifecycleException(FailureKind.INTERNAL, "DATABASE_FAILED", sentence, failure);
        };
    }

    static LifecycleException unreachable(String address, String told, SQLException failure) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "DATABASE_UNREACHABLE",
                "database " + address + " cannot be reached: " + told
                        + "; check that it runs and that this machine may connect to it",
                failure);
    }

    /** Whether a statement failed in a way that leaves its connection unusable. */
    static boolean isConnectionMatter(SQLException failure) {
        return isConnectionMatter(innermost(failure), stateOf(innermost(failure)));
    }

    private static boolean isConnectionMatter(SQLException failure, String state) {
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300")
                || state.equals("55000")
                || failure instanceof SQLTransientConnectionException;
    }

    private static String constraintOf(SQLException failure) {
        return serverMessage(failure).map(ServerErrorMessage::getConstraint).orElse("");
    }

    private static String told(SQLException failure) {
        String sentence = serverMessage(failure)
                .map(ServerErrorMessage::getMessage)
                .or(() -> networkTrouble(failure))
                .or(() -> Optional.ofNullable(failure.getMessage()))
                .orElse("no reason given");
        return sentence.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
    }

    /** The driver advises people of its own; what happened to the connection is said in our words. */
    private static Optional<String> networkTrouble(Throwable failure) {
        for (Throwable one = failure.getCause(); one != null; one = one.getCause()) {
            if (one instanceof ConnectException) {
                return Optional.of("nobody listens there");
            }
            if (one instanceof UnknownHostException) {
                return Optional.of("its host has no address");
            }
            if (one instanceof SocketTimeoutException) {
                return Optional.of("it does not answer in time");
            }
            if (one instanceof EOFException || one instanceof SocketException) {
                return Optional.of("the connection was cut");
            }
        }
        return Optional.empty();
    }

    private static Optional<ServerErrorMessage> serverMessage(SQLException failure) {
        return failure instanceof PSQLException told
                ? Optional.ofNullable(told.getServerErrorMessage())
                : Optional.empty();
    }

    private static String stateOf(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState()).orElse("");
    }

    /** The pool wraps the driver's exception, and only that one knows why. */
    private static SQLException innermost(SQLException failure) {
        SQLException inner = failure;
        while (inner.getCause() instanceof SQLException deeper) {
            inner = deeper;
        }
        return inner;
    }
}
