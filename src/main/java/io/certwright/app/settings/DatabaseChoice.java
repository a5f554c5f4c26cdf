package io.certwright.app.settings;

import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.store.postgres.DatabaseAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** {@code database:} of the settings: the PostgreSQL that comes along, or a server run by somebody else. */
public sealed interface DatabaseChoice {
    /** Where the embedded one is kept, from the root of the settings. */
    String USUAL = "data/postgres";

    /** The embedded one, in a folder. */
    record Embedded(Path folder) implements DatabaseChoice {
        /** Written out, as {@link #hashCode}: what the language would add is put together at run time, which short commands would notice. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Embedded that && folder.equals(that.folder);
        }

        @Override
        public int hashCode() {
            return folder.hashCode();
        }
    }

    /** A server by its URL. */
    record External(DatabaseAddress address) implements DatabaseChoice {}

    /** What settings mean that name none, in their {@code root}. */
    static DatabaseChoice usual(Path root) {
        return new Embedded(root.resolve(USUAL).normalize());
    }

    /** Reads {@code embedded}, or {@code url} with {@code user} and {@code password}. */
    static Optional<DatabaseChoice> read(ConfigMapping node) {
        Path folder = node.path("embedded", USUAL);
        Optional<String> url = node.value("url", DatabaseAddress::requireUrl);
        Optional<String> user = node.text("user");
        Optional<SecretText> password = node.secret("password");
        if (node.has("url") && node.has("embedded")) {
            node.fault("url", "got both embedded and url, wanted one of them");
        }
        if (node.has("url") && !(node.has("user") && node.has("password"))) {
            node.fault("url", "got a url without user or password, wanted both beside it");
        }
        if (!node.has("url") && (user.isPresent() || node.has("password"))) {
            node.fault("got user or password without a url, wanted them only beside a url");
        }
        return node.build(() -> url.isPresent()
                ? external(url.get(), user.orElseThrow(), password.orElseThrow())
                : new Embedded(folder));
    }

    private static DatabaseChoice external(String url, String user, SecretText password) {
        char[] opened = password.reveal();
        try {
            return new External(DatabaseAddress.external(url, user, opened));
        } finally {
            Arrays.fill(opened, ' ');
        }
    }
}
