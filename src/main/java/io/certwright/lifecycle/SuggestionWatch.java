package io.certwright.lifecycle;

import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.SuggestsRenewal;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks CAs that answer it when they would like what is in use renewed (RFC 9773). It only ever moves a renewal earlier: whatever goes
 * wrong here changes nothing, and what is due anyway is not asked about.
 */
public final class SuggestionWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SuggestionWatch.class);

    private final Wishes wishes;
    private final Issuers issuers;
    private final Circuits circuits;
    private final CertificateRepository certificates;
    private final DueDates dueDates;
    private final NextLook nextLook;

    SuggestionWatch(
            Wishes wishes,
            Issuers issuers,
            Circuits circuits,
            CertificateRepository certificates,
            DueDates dueDates,
            NextLook nextLook) {
        this.wishes = wishes;
        this.issuers = issuers;
        this.circuits = circuits;
        this.certificates = certificates;
        this.dueDates = dueDates;
        this.nextLook = nextLook;
    }

    /** One look at all that is in use; answers how many renewals were planned anew. */
    public int pass(Instant now) throws LifecycleException {
        int planned = 0;
        for (StoredCertificate stored : certificates.listInUse()) {
            Optional<ManagedCertificate> wish = wishes.find(stored.name());
            if (wish.isPresent() && !stored.isAdopted() && ask(wish.get(), stored, now)) {
                nextLook.replan(wish.get(), now);
                planned++;
            }
        }
        return planned;
    }

    private boolean ask(ManagedCertificate wish, StoredCertificate stored, Instant now) {
        if (!wish.mayComeFrom(stored.issuer())
                || !(issuers.get(stored.issuer()) instanceof SuggestsRenewal suggesting)) {
            return false;
        }
        try {
            return !dueDates.of(wish, now).isDueAt(now)
                    && !circuits.isOpen(stored.issuer())
                    && suggesting.refreshSuggestion(stored.certificate(), now);
        } catch (LifecycleException silent) {
            LOG.debug("no suggestion when to renew {}: {}", wish.name(), silent.getMessage());
            return false;
        }
    }
}
