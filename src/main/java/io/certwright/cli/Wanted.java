package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Printable;
import io.certwright.config.Words;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.AdHoc;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.util.List;
import java.util.Optional;

/** The certificates that the words of a command name. */
final class Wanted {
    private Wanted() {}

    /** One of the settings; the sentence for any other name says which was perhaps meant. */
    static ManagedCertificate inSettings(Rooms rooms, String name) throws LifecycleException {
        Wishes wishes = rooms.wishes();
        return parsed(name).flatMap(wishes::find).orElseThrow(() -> unknown(name, wishes, "in the settings"));
    }

    /** One of the settings, or one that was issued by hand and is on record. */
    static ManagedCertificate anywhere(Rooms rooms, String name) throws LifecycleException {
        Wishes wishes = rooms.wishes();
        Optional<CertificateName> parsed = parsed(name);
        Optional<ManagedCertificate> wish = parsed.flatMap(wishes::find);
        if (wish.isPresent()) {
            return wish.get();
        }
        if (parsed.isPresent()) {
            Optional<ManagedCertificate> recorded = onRecord(rooms, parsed.get());
            if (recorded.isPresent()) {
                return recorded.get();
            }
        }
        throw unknown(name, wishes, "in the settings or on record");
    }

    private static Optional<ManagedCertificate> onRecord(Rooms rooms, CertificateName name) throws LifecycleException {
        Optional<String> open = rooms.renewals().findOpen(name).map(Renewal::wishDigest);
        Optional<String> digest =
                open.isPresent() ? open : rooms.certificates().findInUse(name).map(StoredCertificate::wishDigest);
        return digest.map(text -> AdHoc.fromRecord(name, text));
    }

    private static Optional<CertificateName> parsed(String name) {
        try {
            return Optional.of(CertificateName.of(name));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    private static WrongUsage unknown(String name, Wishes wishes, String where) {
        List<String> known =
                wishes.list().stream().map(wish -> wish.name().value()).toList();
        String meant = Words.closest(name, known)
                .map(close -> "did you mean " + Printable.quote(close) + "?")
                .orElse("\"certwright list\" shows those there are.");
        return new WrongUsage(
                "certificate " + Printable.quote(name) + ": there is none of this name " + where + "; " + meant);
    }
}
