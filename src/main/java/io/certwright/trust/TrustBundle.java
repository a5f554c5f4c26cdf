package io.certwright.trust;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Sha256Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * What the clients of a group must have: anchors for Trusted Root, intermediates for Intermediate Certification Authorities,
 * pins for {@code WindowsServerUpdateServices}. Each list is without duplicates and ordered by fingerprint, so that equal
 * contents are equal bundles whatever order they came in. Empty lists mean that nothing is to be imported (a public CA, no pin).
 *
 * <p>Root, intermediate and leaf are never confused: the constructor refuses an anchor that is not self-signed, an
 * intermediate that is not an issuing CA's, and a pin that is a CA's.
 *
 * @param remarks what people should know of servers whose leaf could not be read just now; no part of what clients get
 */
public record TrustBundle(
        ClientGroup group,
        List<X509Certificate> anchors,
        List<X509Certificate> intermediates,
        List<Pin> pins,
        List<String> remarks) {
    /** With nothing that people must know besides. */
    public TrustBundle(
            ClientGroup group, List<X509Certificate> anchors, List<X509Certificate> intermediates, List<Pin> pins) {
        this(group, anchors, intermediates, pins, List.of());
    }

    public TrustBundle {
        anchors = ordered(anchors);
        intermediates = ordered(intermediates);
        pins = joined(pins);
        remarks = remarks.stream().distinct().sorted().toList();
        requireAnchors(group, anchors);
        requireIntermediates(group, intermediates);
        requireLeaves(
                group, Stream.concat(anchors.stream(), intermediates.stream()).toList(), pins);
    }

    public static TrustBundle empty(ClientGroup group) {
        return new TrustBundle(group, List.of(), List.of(), List.of());
    }

    /** Pins alone; none in a group that does not pin. */
    public static TrustBundle ofPins(ClientGroup group, List<Pin> pins) {
        return new TrustBundle(group, List.of(), List.of(), group.pinning() ? pins : List.of());
    }

    /**
     * What clients need before {@code server} may show {@code next}.
     *
     * @param anchors the roots that must be given to clients; empty where the CA is public, and then its intermediates are not
     *     given either
     */
    public static TrustBundle neededFor(
            ClientGroup group, IssuedCertificate next, List<X509Certificate> anchors, String server) {
        List<X509Certificate> intermediates = anchors.isEmpty()
                ? List.of()
                : next.chain().intermediates().stream()
                        .filter(issuer -> !Roles.isSelfSigned(issuer))
                        .toList();
        List<Pin> pins = group.pinning() ? List.of(new Pin(next.leaf(), server)) : List.of();
        return new TrustBundle(group, anchors, intermediates, pins);
    }

    public boolean isEmpty() {
        return anchors.isEmpty() && intermediates.isEmpty() && pins.isEmpty();
    }

    /** Old and new side by side. The settings of the group are those of this bundle. */
    public TrustBundle union(TrustBundle other) {
        return new TrustBundle(
                group,
                joinedLists(anchors, other.anchors),
                joinedLists(intermediates, other.intermediates),
                joinedLists(pins, other.pins),
                joinedLists(remarks, other.remarks));
    }

    /** The same for clients, with these remarks and no others. */
    public TrustBundle remarking(List<String> others) {
        return new TrustBundle(group, anchors, intermediates, pins, others);
    }

    /** The same trust, for the group as it is set now. */
    public TrustBundle of(ClientGroup same) {
        return new TrustBundle(same, anchors, intermediates, pins, remarks);
    }

    /** Without the pin of that leaf, whoever's it is; the bundle itself where it has none. */
    public TrustBundle without(Pin pin) {
        return new TrustBundle(
                group,
                anchors,
                intermediates,
                pins.stream().filter(kept -> !kept.isSameLeafAs(pin)).toList(),
                remarks);
    }

    /** Whether a client that has this lacks nothing of {@code needed}. */
    public boolean covers(TrustBundle needed) {
        return anchors.containsAll(needed.anchors)
                && intermediates.containsAll(needed.intermediates)
                && needed.pins.stream().allMatch(this::hasPinOf);
    }

    public boolean hasPinOf(Pin pin) {
        return pins.stream().anyMatch(pin::isSameLeafAs);
    }

    /** Every certificate with its role: anchors, then intermediates, then pins. */
    public List<TrustEntry> entries() {
        List<TrustEntry> entries = new ArrayList<>();
        anchors.forEach(c -> entries.add(TrustEntry.anchor(c)));
        intermediates.forEach(c -> entries.add(TrustEntry.intermediate(c)));
        pins.forEach(pin -> entries.add(TrustEntry.pin(pin)));
        return entries;
    }

    public static TrustBundle ofEntries(ClientGroup group, Collection<TrustEntry> entries) {
        return new TrustBundle(
                group,
                certificatesOf(entries, TrustRole.ANCHOR),
                certificatesOf(entries, TrustRole.INTERMEDIATE),
                entries.stream()
                        .filter(entry -> entry.role() == TrustRole.PIN)
                        .map(entry -> new Pin(entry.certificate(), entry.label()))
                        .toList());
    }

    /** SHA-256 over role and fingerprint of each certificate, upper-case hex: the same for the same trust, whatever the labels. */
    public String digest() {
        String content = entries().stream()
                .map(entry -> entry.role() + " " + Sha256Fingerprint.of(entry.certificate()) + "\n")
                .collect(Collectors.joining());
        return Sha256Fingerprint.ofDer(content.getBytes(StandardCharsets.US_ASCII))
                .hex();
    }

    private static List<X509Certificate> certificatesOf(Collection<TrustEntry> entries, TrustRole role) {
        return entries.stream()
                .filter(entry -> entry.role() == role)
                .map(TrustEntry::certificate)
                .toList();
    }

    private static <T> List<T> joinedLists(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static List<X509Certificate> ordered(Collection<X509Certificate> certificates) {
        return new LinkedHashSet<>(certificates)
                .stream()
                        .sorted(Comparator.comparing(
                                c -> Sha256Fingerprint.of(c).hex()))
                        .toList();
    }

    private static List<Pin> joined(List<Pin> pins) {
        Map<String, Pin> byLeaf = new TreeMap<>();
        pins.forEach(pin -> byLeaf.merge(pin.sha256().hex(), pin, Pin::joinedWith));
        return List.copyOf(byLeaf.values());
    }

    private static void requireAnchors(ClientGroup group, List<X509Certificate> anchors) {
        for (X509Certificate anchor : anchors) {
            if (!Roles.isSelfSigned(anchor)) {
                throw refused(group, anchor, "anchor", "a certificate that is not self-signed", "a root certificate");
            }
        }
    }

    private static void requireIntermediates(ClientGroup group, List<X509Certificate> intermediates) {
        for (X509Certificate intermediate : intermediates) {
            if (Roles.isSelfSigned(intermediate)) {
                throw refused(group, intermediate, "intermediate", "a self-signed one", "that of an issuing CA");
            }
            if (!Roles.isCa(intermediate)) {
                throw refused(group, intermediate, "intermediate", "a leaf", "that of an issuing CA");
            }
        }
    }

    /** A pin may stand beside its own renewal of the same subject, but never issue another certificate of the bundle. */
    private static void requireLeaves(ClientGroup group, List<X509Certificate> issuers, List<Pin> pins) {
        Set<X500Principal> issuing = Stream.concat(
                        issuers.stream(), pins.stream().map(Pin::leaf))
                .filter(certificate -> !Roles.isSelfSigned(certificate))
                .map(X509Certificate::getIssuerX500Principal)
                .collect(Collectors.toSet());
        for (Pin pin : pins) {
            if (issuing.contains(pin.leaf().getSubjectX500Principal())) {
                throw refused(group, pin.leaf(), "pin", "a CA's that issued others in this bundle", "a server's leaf");
            }
        }
    }

    private static IllegalArgumentException refused(
            ClientGroup group, X509Certificate certificate, String role, String got, String wanted) {
        return new IllegalArgumentException("trust of client group " + group.name() + ": got as " + role + " "
                + Roles.describe(certificate) + " " + got + ", wanted " + wanted);
    }
}
