package io.certwright.store.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The server's {@code postgresql.conf}: durable, loopback only, small. Written anew at each start, so that an update of Certwright brings
 * its settings along; what a person wants otherwise goes into {@code local.conf} beside it.
 */
final class ServerConfiguration {
    private ServerConfiguration() {}

    static void write(Layout layout, int port) throws IOException {
        OwnerOnly.write(layout.data().resolve("postgresql.conf"), text(layout.logs(), port));
    }

    private static String text(Path logs, int port) {
        return """
                # Written by Certwright at each start. Settings of your own: local.conf, in this folder.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 60

                # A commit that was answered survives a power cut.
                fsync = on
                synchronous_commit = on
                full_page_writes = on

                shared_buffers = 32MB
                work_mem = 4MB
                maintenance_work_mem = 32MB
                max_wal_size = 256MB
                min_wal_size = 32MB
                checkpoint_timeout = 15min
                wal_level = minimal
                max_wal_senders = 0
                max_worker_processes = 2
                max_parallel_workers = 0
                max_parallel_workers_per_gather = 0
                autovacuum_max_workers = 2
                jit = off

                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'

                # One file for each day of the week. Failed statements are told to the client, and never logged: they may hold keys.
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgresql-%%a.log'
                log_file_mode = 0600
                log_rotation_age = 1d
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_min_messages = log
                log_min_error_statement = panic
                log_checkpoints = off
                log_autovacuum_min_duration = -1

                include_if_exists = 'local.conf'
                """.formatted(port, logs.toString().replace('\\', '/').replace("'", "''"));
    }
}
