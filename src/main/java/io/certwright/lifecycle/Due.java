package io.certwright.lifecycle;

import io.certwright.certificate.Printable;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.enrollment.RenewalWindow;
import io.certwright.lifecycle.record.RenewalReason;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a certificate is to be renewed and why. Pure: the same wish, certificate and lead always give the same answer; chance is
 * drawn from the certificate's own fingerprint, so that a restart does not roll the dice again.
 *
 * @param at when renewal starts; an instant in the past means now
 * @param sentence why then, for people
 * @param ends when the certificate in use ends, if there is one
 */
public record Due(Instant at, RenewalReason reason, String sentence, Optional<Instant> ends) {

    /**
     * The time that passes between the start of a renewal and the moment at which it may bind.
     *
     * @param clientWait how long clients need to receive new trust
     * @param windowGap the longest time that the host's maintenance window stays closed
     */
    public record Lead(Duration clientWait, Duration windowGap) {
        public static final Lead NONE = new Lead(Duration.ZERO, Duration.ZERO);

        Duration total() {
            return clientWait.plus(windowGap);
        }
    }

    private static final Duration LONGEST_MARGIN = Duration.ofDays(3);
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    public boolean isDueAt(Instant now) {
        return !now.isBefore(at);
    }

    /**
     * The strongest reason that holds today, else the nearing end.
     *
     * @param inUse the certificate in use, if there is one
     * @param refusal why our checks refuse the certificate in use today (its expiry aside), if they do
     */
    public static Due of(
            ManagedCertificate wish,
            Optional<StoredCertificate> inUse,
            Lead lead,
            Optional<String> refusal,
            Instant now) {
        if (inUse.isEmpty()) {
            return new Due(now, RenewalReason.FIRST, "there is no certificate yet", Optional.empty());
        }
        StoredCertificate current = inUse.get();
        Optional<Instant> ends = Optional.of(current.certificate().validity().notAfter());
        if (current.isRevoked()) {
            return new Due(now, RenewalReason.REVOKED, "the certificate in use is revoked", ends);
        }
        Optional<RenewalReason> changed = whatChanged(wish, current);
        if (changed.isPresent()) {
            return new Due(now, changed.get(), changed.get().sentence(), ends);
        }
        if (refusal.isPresent()) {
            return new Due(
                    now,
                    RenewalReason.POLICY_CHANGED,
                    "the checks refuse the certificate in use: " + refusal.get(),
                    ends);
        }
        return nearingExpiry(wish, current, lead);
    }

    /** What of the wish the certificate in use does not meet; the digest names the wish it was issued for. */
    static Optional<RenewalReason> whatChanged(ManagedCertificate wish, StoredCertificate current) {
        if (wish.wishDigest().equals(current.wishDigest())) {
            return Optional.empty();
        }
        String[] now = wish.wishDigest().split("\\|", -1);
        String[] then = current.wishDigest().split("\\|", -1);
        if (then.length != now.length || !now[0].equals(then[0]) || !now[1].equals(then[1])) {
            return Optional.of(RenewalReason.NAMES_CHANGED);
        }
        if (!now[4].equals(then[4])) {
            return Optional.of(RenewalReason.ISSUER_CHANGED);
        }
        if (!now[2].equals(then[2]) || !now[3].equals(then[3])) {
            return Optional.of(RenewalReason.KEY_SPEC_CHANGED);
        }
        return Optional.of(RenewalReason.POLICY_CHANGED);
    }

    /**
     * What the CA suggests (RFC 9773) only ever moves a renewal earlier, and never so early that a CA which suggests nonsense has a
     * certificate renewed again and again.
     */
    Due noLaterThan(RenewalWindow suggested, StoredCertificate current) {
        ValidityPeriod validity = current.certificate().validity();
        Duration rest = validity.lifetime().dividedBy(8);
        Instant earliest = validity.notBefore().plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
        Instant wished = later(suggested.at(chanceOf(current)), earliest).truncatedTo(ChronoUnit.SECONDS);
        if (reason != RenewalReason.NEARING_EXPIRY || !wished.isBefore(at)) {
            return this;
        }
        String why = RenewalReason.SUGGESTED_BY_CA.sentence()
                + suggested
                        .explanation()
                        .map(address -> " (" + Printable.escape(address, 200) + ")")
                        .orElse("");
        return new Due(wished, RenewalReason.SUGGESTED_BY_CA, why, ends);
    }

    private static Due nearingExpiry(ManagedCertificate wish, StoredCertificate current, Lead lead) {
        ValidityPeriod validity = current.certificate().validity();
        Duration lifetime = validity.lifetime();
        Instant byShare = validity.notBefore().plus(wish.renewal().startAfter(lifetime, chanceOf(current)));
        Instant byLead = validity.notAfter().minus(lead.total()).minus(marginFor(lifetime));
        boolean leadDecides = byLead.isBefore(byShare);
        Instant at = later(leadDecides ? byLead : byShare, validity.notBefore().plus(lifetime.dividedBy(4)));
        String why = leadDecides
                ? "so that clients' trust, maintenance window and retries fit before it ends"
                : Math.round(wish.renewal().at() * 100) + "% of its lifetime"
                        + (wish.renewal().jitter() > 0 ? ", moved earlier by chance" : "");
        return new Due(
                at.truncatedTo(ChronoUnit.SECONDS),
                RenewalReason.NEARING_EXPIRY,
                why,
                Optional.of(validity.notAfter()));
    }

    /**
     * When a renewal must begin at the latest so that clients' trust, maintenance window and some retries still fit; two thirds of the
     * time for retries are left then, and never less than half of the lifetime is over.
     */
    static Instant latestStart(StoredCertificate current, Lead lead) {
        ValidityPeriod validity = current.certificate().validity();
        Duration lifetime = validity.lifetime();
        Instant byLead = validity.notAfter()
                .minus(lead.total())
                .minus(marginFor(lifetime).multipliedBy(2).dividedBy(3));
        return later(byLead, validity.notBefore().plus(lifetime.dividedBy(2))).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Time for some retries: a twentieth of the lifetime, at most three days. */
    static Duration marginFor(Duration lifetime) {
        Duration share = lifetime.dividedBy(20);
        return share.compareTo(LONGEST_MARGIN) < 0 ? share : LONGEST_MARGIN;
    }

    /** Steady for one certificate, spread evenly over many: the first 32 bits of its SHA-256. */
    private static double chanceOf(StoredCertificate current) {
        long bits = Long.parseLong(current.certificate().sha256().hex().substring(0, 8), 16);
        return bits / (double) 0xFFFFFFFFL;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
