package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Data and trust packages can be written. */
final class FoldersCheck implements Check {
    /** Below this the database may stop in the middle of a day. */
    private static final long LEAST = 500L << 20;

    private static final long MEGABYTE = 1 << 20;
    private static final String REMEDY = "free space on that disk, or set another folder";

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public String subject() {
        return "free space and rights where data and trust packages are written";
    }

    @Override
    public List<String> needs() {
        return List.of("settings");
    }

    @Override
    public String remedy() {
        return REMEDY;
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        List<Finding> findings = new ArrayList<>();
        for (Path folder : vitals.folders()) {
            look(vitals.machine(), folder).ifPresent(findings::add);
        }
        return findings;
    }

    static Optional<Finding> look(Machine machine, Path folder) {
        if (!machine.isWritable(folder)) {
            return Optional.of(Finding.wrong(
                    "folder " + folder + ": cannot be written by this account",
                    "let the account that runs Certwright write there, or set another folder"));
        }
        try {
            long free = machine.freeBytes(folder);
            return free >= LEAST
                    ? Optional.empty()
                    : Optional.of(Finding.wrong(
                            "folder " + folder + ": got " + free / MEGABYTE + " MB free, wanted at least "
                                    + LEAST / MEGABYTE + " MB",
                            REMEDY));
        } catch (IOException unknown) {
            return Optional.of(Finding.wrong("folder " + folder + ": its disk does not answer: " + unknown, REMEDY));
        }
    }
}
