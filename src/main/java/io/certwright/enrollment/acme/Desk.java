package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/** What every order of one issuer is worked on with. */
record Desk(
        IssuerName name,
        AcmeSettings settings,
        AcmeParts parts,
        Orders orders,
        RememberedCertificates given,
        AcmeFailures failures,
        Validating validating,
        Suggestions suggestions) {
    private static final int LONGEST_LIST = 300;

    /** The CA's no ends the order: asked again, a new one is placed. */
    Denied denied(EnrollmentRequest request, String words) throws LifecycleException {
        Optional<OrderNote> note = orders.find(request);
        if (note.isPresent()) {
            orders.mark(request, note.get().with(OrderNote.State.OVER));
        }
        return new Denied("issuer " + name + " denied the certificate for " + request.names() + ": " + words);
    }

    void requireProfile(Session session) throws AcmeException, LifecycleException {
        Set<String> offered = session.getMetadata().getProfiles();
        if (settings.profile().filter(wanted -> !offered.contains(wanted)).isPresent()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "PROFILE_UNKNOWN",
                    "issuer " + name + ": profile got "
                            + Printable.quote(settings.profile().get())
                            + ", wanted one that the CA offers: "
                            + (offered.isEmpty()
                                    ? "it has none"
                                    : Printable.escape(String.join(", ", new TreeSet<>(offered)), LONGEST_LIST)));
        }
    }
}
