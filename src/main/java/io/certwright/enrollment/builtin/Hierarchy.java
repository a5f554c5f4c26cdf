package io.certwright.enrollment.builtin;

import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.enrollment.builtin.Authority.Rank;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roots and issuing CAs of one issuer, as the memory holds them. The oldest that still covers a certificate signs it, so that
 * a new one is used only once clients have had time to get it. Two nodes that make the same generation at once end up with the one
 * that was stored first. Safe for many threads.
 */
final class Hierarchy {
    static final String KIND = "ca";

    private static final int MOST_ATTEMPTS = 3;

    private final IssuerName name;
    private final BuiltinSettings settings;
    private final PublicAddresses addresses;
    private final IssuerMemory memory;
    private final KeySealer sealer;
    private final AuthorityMaker maker;

    /** What this process has read so far, by id; others may have made more. */
    private final Map<String, Authority> known = new HashMap<>();

    Hierarchy(
            IssuerName name,
            BuiltinSettings settings,
            PublicAddresses addresses,
            IssuerMemory memory,
            KeySealer sealer,
            AuthorityMaker maker) {
        this.name = name;
        this.settings = settings;
        this.addresses = addresses;
        this.memory = memory;
        this.sealer = sealer;
        this.maker = maker;
    }

    /** The issuing CA that signs a certificate now; makes it, or the next one ahead of time, where needed. */
    synchronized Authority ensureIssuing(Instant now) throws LifecycleException {
        Instant ahead = now.plus(settings.prepareAhead());
        if (findIssuing(ahead).isEmpty()) {
            reload();
        }
        for (int attempt = 0; findIssuing(ahead).isEmpty() && attempt < MOST_ATTEMPTS; attempt++) {
            makeIssuing(now);
        }
        Optional<Authority> found = findIssuing(now);
        if (found.isEmpty()) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "ISSUING_CA_CONTENDED",
                    "issuer " + name + ": other nodes made issuing CAs that do not fit the settings of this one;"
                            + " give all nodes the same settings");
        }
        return found.get();
    }

    /** Everything in the memory that has not expired, roots first, oldest first. */
    List<Authority> listLiving(Instant now) throws LifecycleException {
        return listAll().stream()
                .filter(authority -> !authority.isExpiredAt(now))
                .toList();
    }

    /** Everything in the memory, roots first, oldest first. */
    List<Authority> listAll() throws LifecycleException {
        // Asked before the lock is taken: every story asks, and none is to wait for the answer to another.
        List<Remembered> all = memory.list(name, KIND);
        return listAllOf(all);
    }

    private synchronized List<Authority> listAllOf(List<Remembered> all) throws LifecycleException {
        learn(all);
        return known.values().stream()
                .sorted(Comparator.comparing(Authority::rank).thenComparing(Authority::generation))
                .toList();
    }

    synchronized Optional<Authority> find(String id) throws LifecycleException {
        if (!known.containsKey(id)) {
            reload();
        }
        return Optional.ofNullable(known.get(id));
    }

    /** The oldest that a certificate issued at {@code at} would not outlive, of those that fit the settings as they are now. */
    private Optional<Authority> findIssuing(Instant at) {
        Instant end = at.plus(settings.lifetime());
        return ofRank(Rank.ISSUING).stream()
                .filter(authority -> authority.covers(end) && fitsSettings(authority))
                .min(Comparator.comparing(Authority::generation));
    }

    private boolean fitsSettings(Authority authority) {
        return authority.sealed().spec() == settings.caKey()
                && authority.published() == addresses.publicUrl().isPresent();
    }

    private void makeIssuing(Instant now) throws LifecycleException {
        Authority root = ensureRoot(now);
        keep(maker.issuing(nextGeneration(Rank.ISSUING), root, now));
    }

    private Authority ensureRoot(Instant now) throws LifecycleException {
        Instant end = now.plus(settings.issuingLifetime());
        Optional<Authority> root = ofRank(Rank.ROOT).stream()
                .filter(candidate -> candidate.covers(end))
                .min(Comparator.comparing(Authority::generation));
        return root.isPresent() ? root.get() : keep(maker.root(nextGeneration(Rank.ROOT), now));
    }

    private Authority keep(Remembered made) throws LifecycleException {
        Authority stands = read(memory.remember(name, made));
        known.put(stands.id(), stands);
        return stands;
    }

    private void reload() throws LifecycleException {
        learn(memory.list(name, KIND));
    }

    private void learn(List<Remembered> all) throws LifecycleException {
        for (Remembered fact : all) {
            if (!known.containsKey(fact.key())) {
                known.put(fact.key(), read(fact));
            }
        }
    }

    private List<Authority> ofRank(Rank rank) {
        return known.values().stream().filter(known -> known.rank() == rank).toList();
    }

    private int nextGeneration(Rank rank) {
        return ofRank(rank).stream().mapToInt(Authority::generation).max().orElse(0) + 1;
    }

    private Authority read(Remembered fact) throws LifecycleException {
        try {
            String[] parts = fact.key().split("-", 2);
            SealedKey sealed = AuthorityCodec.key(fact.value());
            X509Certificate certificate = AuthorityCodec.certificate(fact.value());
            return new Authority(
                    parts[0].equals("root") ? Rank.ROOT : Rank.ISSUING,
                    Integer.parseInt(parts[1]),
                    certificate,
                    sealed,
                    sealer.open(sealed),
                    !CertificateReader.read(certificate).crlDistributionPoints().isEmpty());
        } catch (IOException | IllegalArgumentException damaged) {
            throw damaged(name, fact, damaged);
        }
    }

    static LifecycleException damaged(IssuerName issuer, Remembered fact, Exception why) {
        return new LifecycleException(
                FailureKind.INTERNAL,
                "ISSUER_MEMORY_DAMAGED",
                "issuer " + issuer + ": what is remembered of CA " + fact.key()
                        + " does not parse; put the database's backup back",
                why);
    }
}
