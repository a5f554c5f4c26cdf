package io.certwright.store.postgres;

import io.certwright.certificate.Printable;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL server is and how to log in to it. The password is kept as characters, handed to the driver alone, and shown
 * nowhere.
 */
public final class DatabaseAddress implements DatabaseLocation {
    private static final Pattern SHAPE = Pattern.compile("jdbc:postgresql:(//[^?]*)(\\?.*)?");
    private static final Pattern LOGIN_IN_URL = Pattern.compile("[?&](user|password)=", Pattern.CASE_INSENSITIVE);

    private final String url;
    private final String user;
    private final char[] password;

    private DatabaseAddress(String url, String user, char[] password) {
        this.url = url;
        this.user = user;
        this.password = password.clone();
    }

    /** A server run by somebody else, by its {@code jdbc:postgresql://host:port/database?options} URL. */
    public static DatabaseAddress external(String url, String user, char[] password) {
        return new DatabaseAddress(requireUrl(url), user, password);
    }

    /** The URL itself, if it is one of PostgreSQL without a login in it. */
    public static String requireUrl(String url) {
        if (!SHAPE.matcher(url).matches()) {
            throw new IllegalArgumentException("database URL: got " + Printable.quote(withoutOptions(url))
                    + ", wanted one like \"jdbc:postgresql://db.example.com:5432/certwright\"");
        }
        if (LOGIN_IN_URL.matcher(url).find() || url.contains("@")) {
            throw new IllegalArgumentException("database URL: got a user or password within "
                    + Printable.quote(withoutOptions(url)).replaceFirst("//[^/@]*@", "//***@")
                    + ", wanted them as user and password beside the URL");
        }
        return url;
    }

    /** A server of our own on this machine: no TLS, since nothing leaves the loopback interface. */
    public static DatabaseAddress loopback(int port, String database, String user, char[] password) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable&gssEncMode=disable";
        return new DatabaseAddress(url, user, password);
    }

    /** The same server and login, another database on it. */
    public DatabaseAddress withDatabase(String database) {
        return new DatabaseAddress(url.replaceFirst("(//[^/?]*)(/[^?]*)?", "$1/" + database), user, password);
    }

    @Override
    public DatabaseAddress address() {
        return this;
    }

    /** Somebody else's server: nothing can be done from here. */
    @Override
    public Optional<DatabaseAddress> revive() {
        return Optional.empty();
    }

    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    /** What the driver needs besides the URL, the password among it: made anew for each call and kept by nobody. */
    Properties login() {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", new String(password));
        return login;
    }

    private static String withoutOptions(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DatabaseAddress that
                && url.equals(that.url)
                && user.equals(that.user)
                && Arrays.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    /** Host, port and database, for messages. */
    @Override
    public String toString() {
        return withoutOptions(url).replaceFirst("^jdbc:postgresql://", "");
    }
}
