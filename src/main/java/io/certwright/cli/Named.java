package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.config.Words;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import java.util.Collection;
import java.util.List;

/** Client groups and issuers by the words of a command; the sentence for an unknown one says which was perhaps meant. */
final class Named {
    private Named() {}

    /** A client group of the settings. */
    static ClientGroup group(Rooms rooms, String word) throws LifecycleException {
        Wishes wishes = rooms.wishes();
        try {
            return wishes.group(ClientGroupName.of(word));
        } catch (IllegalArgumentException unknown) {
            throw unknown("client group", word, groupsOf(wishes));
        }
    }

    /** The client groups of all certificates, by name. */
    static List<ClientGroup> groups(Rooms rooms) throws LifecycleException {
        Wishes wishes = rooms.wishes();
        return groupsOf(wishes).stream().map(wishes::group).toList();
    }

    private static List<ClientGroupName> groupsOf(Wishes wishes) {
        return wishes.list().stream()
                .flatMap(wish -> wish.clients().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** An issuer of the settings. */
    static Issuer issuer(Rooms rooms, String word) throws LifecycleException {
        List<Issuer> issuers = rooms.issuers().issuers();
        return issuers.stream()
                .filter(issuer -> issuer.name().value().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown("issuer", word, names(issuers)));
    }

    private static List<IssuerName> names(List<Issuer> issuers) {
        return issuers.stream().map(Issuer::name).toList();
    }

    private static WrongUsage unknown(String what, String word, Collection<?> known) {
        List<String> names = known.stream().map(Object::toString).toList();
        String meant = Words.closest(word, names)
                .map(close -> "; did you mean " + Printable.quote(close) + "?")
                .orElse(names.isEmpty() ? "" : "; there are: " + String.join(", ", names));
        return new WrongUsage(what + " " + Printable.quote(word) + ": not in the settings" + meant);
    }
}
