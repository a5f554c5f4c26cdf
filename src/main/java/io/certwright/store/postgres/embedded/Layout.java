package io.certwright.store.postgres.embedded;

import java.nio.file.Path;

/** What lies where in the folder of the embedded server. */
record Layout(Path folder) {
    Path data() {
        return folder.resolve("data");
    }

    Path password() {
        return folder.resolve("password");
    }

    Path run() {
        return folder.resolve("run");
    }

    /** Held for moments by whoever starts, stops or counts. */
    Path lock() {
        return run().resolve("start.lock");
    }

    Path leases() {
        return run().resolve("leases");
    }

    /** The port of the last start, taken again if it is free: connections that outlive a crash of the server find it again. */
    Path port() {
        return run().resolve("port");
    }

    Path logs() {
        return folder.resolve("log");
    }

    /** What the server says before its own log begins. */
    Path startLog() {
        return logs().resolve("start.log");
    }

    Path commandOutput() {
        return run().resolve("command.out");
    }
}
