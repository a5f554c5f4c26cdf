package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.util.Optional;

/** The certificates that words of {@code check} may name by their name in the settings. Opens the database only for such a word. */
final class CheckInventory {
    private final Rooms rooms;
    private final Surroundings surroundings;

    CheckInventory(Rooms rooms, Surroundings surroundings) {
        this.rooms = rooms;
        this.surroundings = surroundings;
    }

    /** The certificate in use under this name; empty where the settings know no such name, or there are none. */
    Optional<CheckTarget> find(String word) throws LifecycleException {
        if (!surroundings.hasSettings()) {
            return Optional.empty();
        }
        Optional<ManagedCertificate> wish = parsed(word).flatMap(this::wishOf);
        return wish.isEmpty() ? Optional.empty() : Optional.of(inUse(word, wish.get()));
    }

    private Optional<ManagedCertificate> wishOf(CertificateName name) {
        try {
            return rooms.wishes().find(name);
        } catch (LifecycleException unread) {
            return Optional.empty();
        }
    }

    private CheckTarget inUse(String word, ManagedCertificate wish) throws LifecycleException {
        Optional<StoredCertificate> stored = rooms.certificates().findInUse(wish.name());
        return stored.isPresent()
                ? new CheckTarget.Held(word, stored.get().certificate(), Optional.of(wish))
                : new CheckTarget.NotHeld(
                        word,
                        new LifecycleException(
                                FailureKind.REFUSED,
                                "NONE_IN_USE",
                                "certificate " + wish.name() + ": none is in use yet; \"certwright why " + wish.name()
                                        + "\" says when there will be one"));
    }

    private static Optional<CertificateName> parsed(String word) {
        try {
            return Optional.of(CertificateName.of(word));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
