package io.certwright.lifecycle;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.TakesAnswer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Clock;

/** Takes the answer of a CA behind people, brought as a file. The story then goes on with it when it is run. */
public final class Answering {
    private final Issuers issuers;
    private final RenewalRepository renewals;
    private final Issuing issuing;
    private final Clock clock;

    Answering(Issuers issuers, RenewalRepository renewals, Issuing issuing, Clock clock) {
        this.issuers = issuers;
        this.renewals = renewals;
        this.issuing = issuing;
        this.clock = clock;
    }

    /** Throws {@code ANSWER_DOES_NOT_FIT} where the file is for another key, {@code NOTHING_ASKED} where no answer is awaited. */
    public void take(ManagedCertificate wish, byte[] file) throws LifecycleException {
        Renewal open = renewals.findOpen(wish.name())
                .filter(renewal -> renewal.requested().isPresent())
                .orElseThrow(() -> refused(
                        "NOTHING_ASKED",
                        wish,
                        "no request waits for an answer; \"certwright issue " + wish.name() + "\" makes one"));
        Issuer issuer = issuers.get(open.issuer());
        if (!(issuer instanceof TakesAnswer taker)) {
            throw refused(
                    "TAKES_NO_ANSWER",
                    wish,
                    "issuer " + issuer.name() + " (" + issuer.type()
                            + ") answers by itself and takes no file; leave --answer out");
        }
        EnrollmentRequest request = issuing.requestOf(wish, open);
        taker.accept(request, file);
        if (isRefused(open)) {
            replaceRefused(open, issuer, request);
        }
    }

    private static boolean isRefused(Renewal open) {
        return open.issued().isPresent() && open.checkedAt().isEmpty();
    }

    /** Our checks refused the answer before: the better one takes its place in the record, too. */
    private void replaceRefused(Renewal open, Issuer issuer, EnrollmentRequest request) throws LifecycleException {
        if (open.pending().isPresent()) {
            EnrollmentResult answer =
                    issuer.collect(request, open.pending().get().id());
            if (answer instanceof Issued better) {
                renewals.record(open, new Fact.Received(better.certificate(), clock.instant()));
            }
        }
    }

    private static LifecycleException refused(String code, ManagedCertificate wish, String why) {
        return new LifecycleException(FailureKind.REFUSED, code, "certificate " + wish.name() + ": " + why);
    }
}
