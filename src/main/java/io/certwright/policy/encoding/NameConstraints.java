package io.certwright.policy.encoding;

import io.certwright.policy.encoding.GeneralName.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names that a CA may issue for, and those it may not (RFC 5280, 4.2.1.10). */
public record NameConstraints(List<Subtree> permitted, List<Subtree> excluded) {
    private static final int PERMITTED = 0xA0;
    private static final int EXCLUDED = 0xA1;

    public NameConstraints {
        permitted = List.copyOf(permitted);
        excluded = List.copyOf(excluded);
    }

    static NameConstraints of(Der value) throws BrokenEncoding {
        List<Subtree> permitted = new ArrayList<>();
        List<Subtree> excluded = new ArrayList<>();
        for (Der part : value.sequenceOfSome()) {
            switch (part.tag()) {
                case PERMITTED -> permitted.addAll(subtrees(part));
                case EXCLUDED -> excluded.addAll(subtrees(part));
                default -> throw new BrokenEncoding("a field that no name constraints have");
            }
        }
        return new NameConstraints(permitted, excluded);
    }

    private static List<Subtree> subtrees(Der part) throws BrokenEncoding {
        List<Subtree> all = new ArrayList<>();
        for (Der subtree : part.children()) {
            List<Der> fields = subtree.sequenceOfSome();
            if (fields.size() > 1) {
                throw new BrokenEncoding("a subtree with a minimum or maximum, which RFC 5280 does not use");
            }
            all.add(Subtree.of(GeneralName.of(fields.get(0))));
        }
        if (all.isEmpty()) {
            throw new BrokenEncoding("an empty list of subtrees");
        }
        return all;
    }

    public int size() {
        return permitted.size() + excluded.size();
    }

    /** Why the name is not allowed, as words behind it; empty if it is. */
    public Optional<String> refusalOf(GeneralName name) {
        List<Subtree> ofItsKind = permitted.stream()
                .filter(subtree -> subtree.base().kind() == name.kind())
                .toList();
        boolean constrained = !ofItsKind.isEmpty()
                || excluded.stream().anyMatch(subtree -> subtree.base().kind() == name.kind());
        if (constrained && !Subtree.canJudge(name)) {
            return Optional.of("is constrained and of a kind or form that cannot be judged");
        }
        Optional<Subtree> forbidding =
                excluded.stream().filter(subtree -> subtree.reaches(name)).findFirst();
        if (forbidding.isPresent()) {
            return Optional.of(
                    "lies in the excluded subtree " + forbidding.get().shown());
        }
        return ofItsKind.isEmpty() || ofItsKind.stream().anyMatch(subtree -> subtree.holds(name))
                ? Optional.empty()
                : Optional.of("lies outside the permitted subtrees, the first of which is "
                        + ofItsKind.get(0).shown());
    }

    /** The names of a certificate that constraints above it are held against: subject, SAN, and mail addresses of a subject without SAN. */
    public static List<GeneralName> namesOf(CertificateFields fields) throws BrokenEncoding {
        List<GeneralName> names = new ArrayList<>();
        if (!fields.subject().isEmpty()) {
            names.add(GeneralName.ofDirectory(fields.subject()));
        }
        Optional<RawExtension> san = fields.find(Extensions.SUBJECT_ALT_NAME);
        if (san.isPresent()) {
            names.addAll(Extensions.names(san.get()));
        } else {
            names.addAll(mailAddressesIn(fields.subject()));
        }
        return names;
    }

    private static List<GeneralName> mailAddressesIn(List<byte[]> rdns) throws BrokenEncoding {
        List<GeneralName> found = new ArrayList<>();
        for (byte[] rdn : rdns) {
            for (Der attribute : Der.parse(rdn).require(Der.SET, "set").children()) {
                List<Der> pair = attribute.sequence();
                if (pair.size() == 2 && pair.get(0).objectIdentifier().equals("1.2.840.113549.1.9.1")) {
                    found.add(GeneralName.ofMail(pair.get(1).contents()));
                }
            }
        }
        return found;
    }

    /** How many names of each kind there are does not matter: each may be compared with each subtree. */
    public long comparisonsWith(List<GeneralName> names) {
        long rdns = names.stream()
                .filter(name -> name.kind() == Kind.DIRECTORY)
                .mapToLong(name -> name.rdns().size())
                .sum();
        return (names.size() + rdns) * size();
    }
}
