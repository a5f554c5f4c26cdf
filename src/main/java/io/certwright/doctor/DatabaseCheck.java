package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** The database answers. Opening it brings the schema up to date, or says why that cannot be. */
final class DatabaseCheck implements Check {
    @Override
    public String name() {
        return "database";
    }

    @Override
    public String subject() {
        return "the database and its schema";
    }

    @Override
    public List<String> needs() {
        return List.of("settings");
    }

    @Override
    public String remedy() {
        return "start the database server or correct database in the settings; the embedded one writes why it ends to the log in its folder";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        return vitals.database().isReadOnly()
                ? List.of(Finding.wrong(
                        "database: got one that can only be read, wanted one that takes changes",
                        "name the primary server under database in the settings, or take default_transaction_read_only from"
                                + " the database and its user"))
                : List.of();
    }
}
