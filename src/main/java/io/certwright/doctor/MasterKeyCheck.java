package io.certwright.doctor;

import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The master key is there, its owner's alone, and opens what was sealed under it. */
final class MasterKeyCheck implements Check {
    /** Opening one key takes well under a millisecond, reading the rows of many does not. */
    private static final int SAMPLE = 1_000;

    private static final String REISSUE =
            "put the backup of the master key back; if there is none, \"certwright renew NAME --force\" makes a new key";

    @Override
    public String name() {
        return "master-key";
    }

    @Override
    public String subject() {
        return "the master key and the keys sealed under it";
    }

    @Override
    public List<String> needs() {
        return List.of("settings", "database");
    }

    @Override
    public String remedy() {
        return "put the backup of the master key back, or give it in CERTWRIGHT_MASTER_KEY";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        Optional<String> exposure = vitals.masterKeyExposure();
        if (exposure.isPresent()) {
            return List.of(Finding.wrong(
                    "master key file: " + exposure.get(), "run the command named there, then look who could read it"));
        }
        KeySealer sealer = vitals.sealer();
        List<Finding> findings = new ArrayList<>();
        for (StoredCertificate stored :
                vitals.certificatesInUse().stream().limit(SAMPLE).toList()) {
            if (stored.key().isPresent()) {
                open(sealer, stored.key().get())
                        .ifPresent(why -> findings.add(
                                Finding.wrong("key of " + stored.name() + ": cannot be opened: " + why, REISSUE)));
            }
        }
        long left = vitals.keysUnderOldMasterKeys();
        if (findings.isEmpty() && left > 0) {
            findings.add(Finding.warning(
                    "a rotation of the master key is not finished: " + left
                            + " of the sealed keys lie under an old one",
                    "\"certwright key rotate\" finishes it; keep the old master key until then"));
        }
        return findings;
    }

    /** The opened key is garbage at once. */
    private static Optional<String> open(KeySealer sealer, SealedKey key) {
        try {
            sealer.open(key);
            return Optional.empty();
        } catch (LifecycleException closed) {
            return Optional.of(closed.getMessage());
        }
    }
}
