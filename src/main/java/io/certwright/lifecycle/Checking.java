package io.certwright.lifecycle;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.policy.Expectation;
import io.certwright.policy.IntendedUse;
import io.certwright.policy.PolicyChain;
import io.certwright.policy.Verdict;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The step that holds a certificate against the wish. What it refuses is recorded with its reasons and never bound. */
final class Checking {
    private final PolicyChain policy;
    private final Issuers issuers;
    private final Wishes wishes;
    private final PlannedUse plannedUse;
    private final CertificateRepository certificates;
    private final WorldLook world;

    Checking(
            PolicyChain policy,
            Issuers issuers,
            Wishes wishes,
            PlannedUse plannedUse,
            CertificateRepository certificates,
            WorldLook world) {
        this.policy = policy;
        this.issuers = issuers;
        this.wishes = wishes;
        this.plannedUse = plannedUse;
        this.certificates = certificates;
        this.world = world;
    }

    Verdict inspect(IssuedCertificate issued, RenewalRun run) throws LifecycleException {
        Optional<byte[]> ourKey =
                run.facts().keyReady().map(Renewal.KeyReady::csr).map(csr -> csr.publicKey());
        Optional<IssuedCertificate> predecessor =
                certificates.findInUse(run.name()).map(StoredCertificate::certificate);
        boolean judgedBefore = run.facts().checkedAt().isPresent();
        Expectation expectation = expectation(run.wish(), run.facts().issuer(), ourKey, predecessor);
        Verdict verdict = policy.inspect(
                issued,
                expectation
                        .servingAs(useOf(run, predecessor, judgedBefore))
                        .withObservations(world.of(issued.chain(), expectation.anchors())),
                run.now());
        if (!verdict.refuses() && !judgedBefore) {
            run.record(new Fact.Accepted(run.now()));
        }
        run.tell("check", verdict.sentence());
        return verdict;
    }

    /** The clients' wait has to fit when it begins; nobody waits where the predecessor does not last until its end. */
    private IntendedUse useOf(RenewalRun run, Optional<IssuedCertificate> predecessor, boolean judgedBefore)
            throws LifecycleException {
        IntendedUse planned = plannedUse.of(run.wish());
        IntendedUse use = issuers.get(run.facts().issuer())
                .template()
                .map(planned::byTemplate)
                .orElse(planned);
        Instant waited = run.now().plus(use.mustLast());
        boolean emergency =
                predecessor.filter(old -> !old.validity().isValidAt(waited)).isPresent();
        return judgedBefore || emergency ? use.lasting(Duration.ZERO) : use;
    }

    /** Why the certificate in use would be refused today; its age does not count, that is what renewal is for, nor what a person bound by hand. */
    Optional<String> refusalOf(StoredCertificate inUse, ManagedCertificate wish, Instant now)
            throws LifecycleException {
        IssuedCertificate certificate = inUse.certificate();
        if (inUse.isAdopted() || !certificate.validity().isValidAt(now)) {
            return Optional.empty();
        }
        IssuerName issuer = wish.mayComeFrom(inUse.issuer()) ? inUse.issuer() : wish.issuer();
        Verdict verdict =
                policy.inspect(certificate, expectation(wish, issuer, Optional.empty(), Optional.empty()), now);
        return verdict.refuses() ? Optional.of(verdict.sentence()) : Optional.empty();
    }

    private Expectation expectation(
            ManagedCertificate wish,
            IssuerName issuer,
            Optional<byte[]> publicKey,
            Optional<IssuedCertificate> predecessor)
            throws LifecycleException {
        List<X509Certificate> anchors = new ArrayList<>(issuers.get(issuer).anchors());
        anchors.addAll(wishes.trustAnchors());
        return Expectations.of(wish, anchors, publicKey, predecessor);
    }
}
