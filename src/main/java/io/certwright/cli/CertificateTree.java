package io.certwright.cli;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A chain drawn from its root down to the leaf, and the leaf's facts below it. */
final class CertificateTree {
    private static final String BRANCH = "└─ ";
    private static final String STEP = "   ";

    private final Instant at;
    private final boolean colours;

    CertificateTree(Instant at, boolean colours) {
        this.at = at;
        this.colours = colours;
    }

    /** A path that ends at a trust anchor: leaf first, anchor last. */
    List<String> trusted(List<X509Certificate> path) {
        return draw(path, "trust anchor");
    }

    /** A chain as it came, leaf first, of which nobody knows whether to trust it. */
    List<String> asGiven(List<X509Certificate> chain) {
        return draw(chain, "");
    }

    private List<String> draw(List<X509Certificate> leafFirst, String wordOfTop) {
        List<X509Certificate> rootFirst = new ArrayList<>(leafFirst);
        Collections.reverse(rootFirst);
        List<String> lines = new ArrayList<>();
        for (int level = 0; level < rootFirst.size(); level++) {
            String indent = level == 0 ? "" : STEP.repeat(level - 1) + BRANCH;
            lines.add(indent + node(rootFirst.get(level), level == 0 ? wordOfTop : ""));
        }
        lines.addAll(facts(leafFirst.get(0), STEP.repeat(rootFirst.size())));
        return lines;
    }

    private String node(X509Certificate certificate, String word) {
        CertificateText text = CertificateText.of(certificate);
        String life = text.lifeAt(at);
        Tone tone = text.validity().isValidAt(at) ? Tone.FAINT : Tone.BAD;
        return Tone.STRONG.paint(text.subject(), colours) + "  "
                + tone.paint(word.isEmpty() ? life : word + ", " + life, colours);
    }

    private List<String> facts(X509Certificate leaf, String indent) {
        CertificateText text = CertificateText.of(leaf);
        Table facts = Table.ofFacts();
        if (!text.unreadable().isEmpty()) {
            row(facts, "unreadable", text.unreadable());
        }
        row(facts, "names", text.names());
        row(facts, "use", text.purposes());
        row(facts, "issuer", text.issuer());
        row(
                facts,
                "valid",
                text.validity().notBefore() + " to " + text.validity().notAfter());
        row(facts, "key", text.key() + ", signed with " + text.signature());
        row(facts, "serial", text.serial());
        row(facts, "thumbprint", text.thumbprint().hex());
        row(facts, "SHA-256", text.sha256().hex());
        return facts.lines(colours).stream().map(line -> indent + line).toList();
    }

    private static void row(Table facts, String name, String value) {
        facts.row(new Cell(name, Tone.FAINT), value);
    }
}
