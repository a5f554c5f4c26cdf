package io.certwright.app;

import io.certwright.audit.AuditAct;
import io.certwright.cli.KeyRoom;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.KeyRotation;
import io.certwright.key.sealed.MasterKeyFile;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The master keys of one household; writing a new one to a file needs no household. */
record HouseholdKeys(Lazy<Household> household, SecureRandom random) implements KeyRoom {
    @Override
    public Rotated rotate() throws LifecycleException {
        KeyRotation.Rotated rotated = household.get().keyRotation().rotate();
        household
                .get()
                .audit()
                .record(
                        AuditAct.KEY_ROTATE,
                        "master key " + rotated.activeId(),
                        rotated.resealed() + " keys sealed anew, in place of " + String.join(", ", rotated.old()));
        return new Rotated(rotated.activeId(), rotated.resealed(), rotated.old(), rotated.dropped());
    }

    @Override
    public String makeNew(Path file) throws LifecycleException {
        return new MasterKeyFile(file, random).makeNew();
    }
}
