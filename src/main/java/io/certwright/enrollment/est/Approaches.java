package io.certwright.enrollment.est;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Predecessor;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ClientIdentity;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to an EST server. Each begins with the CA's certificates, which shows that it is one before anything is asked. */
final class Approaches {
    private static final Logger LOG = LoggerFactory.getLogger(Approaches.class);

    private final IssuerName issuer;
    private final EstSettings settings;
    private final EstParts parts;
    private @Nullable EstWire kept;

    Approaches(IssuerName issuer, EstSettings settings, EstParts parts) {
        this.issuer = issuer;
        this.settings = settings;
        this.parts = parts;
    }

    /** As the settings say. */
    Approach usual() throws LifecycleException {
        EstWire wire = usualWire();
        return new Approach(false, wire, authorities(wire));
    }

    /** A client certificate is read anew each time, for others may have renewed it. */
    private synchronized EstWire usualWire() throws LifecycleException {
        if (kept == null || settings.access().identity().isPresent()) {
            kept = EstWire.open(issuer, settings);
        }
        return kept;
    }

    /**
     * As the predecessor, where that can vouch for the request and stands for the same names (RFC 7030, 4.2.2). Whether the server
     * takes it in TLS shows at the question for the CA's certificates, when no request can be lost yet.
     */
    Optional<Approach> asPredecessor(EnrollmentRequest request) throws LifecycleException {
        Instant now = parts.clock().instant();
        Optional<Predecessor> old = request.predecessor().filter(predecessor -> predecessor.vouchesAt(issuer, now));
        if (old.isEmpty() || !old.get().standsFor(request.names())) {
            return Optional.empty();
        }
        try {
            EstWire wire = EstWire.openAs(identityOf(old.get()), issuer, settings);
            return Optional.of(new Approach(true, wire, authorities(wire)));
        } catch (LifecycleException notTaken) {
            LOG.info(
                    "issuer {}: not asked as the old certificate of {}: {}",
                    issuer,
                    request.certificate(),
                    notTaken.getMessage());
            return Optional.empty();
        }
    }

    private ClientIdentity identityOf(Predecessor old) throws LifecycleException {
        return new ClientIdentity(
                old.certificate().chain().certificates(),
                parts.sealer().open(old.key().orElseThrow()));
    }

    private List<X509Certificate> authorities(EstWire wire) throws LifecycleException {
        HttpResponse<byte[]> answer = wire.authorities();
        if (answer.statusCode() != 200) {
            throw new LifecycleException(
                    answer.statusCode() >= 500 ? FailureKind.UNREACHABLE : FailureKind.REFUSED,
                    "CA_REFUSED",
                    "issuer " + issuer + ": the EST server answers with HTTP status " + answer.statusCode()
                            + " to cacerts, wanted 200; check url and label");
        }
        List<X509Certificate> given = EstAnswer.certificatesIn(issuer, answer.body());
        requireOneValid(given);
        return given;
    }

    private void requireOneValid(Collection<X509Certificate> given) throws LifecycleException {
        Instant now = parts.clock().instant();
        if (given.stream().noneMatch(ca -> ValidityPeriod.of(ca).isValidAt(now))) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "CA_EXPIRED",
                    "issuer " + issuer + ": none of the CA's " + given.size()
                            + " certificates is valid now, so that nothing is asked; renew the CA, or check the clock here");
        }
    }
}
