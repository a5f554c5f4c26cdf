package io.certwright.enrollment;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.ChainCodec;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an issuer gave for which intent, kept in its memory: one certificate an intent, however often it is asked for. */
public final class RememberedCertificates {
    private static final String KIND = "issued";
    private static final int MOST_ATTEMPTS = 20;

    private final IssuerName issuer;
    private final IssuerMemory memory;

    public RememberedCertificates(IssuerName issuer, IssuerMemory memory) {
        this.issuer = issuer;
        this.memory = memory;
    }

    /**
     * Stores the certificate for the request's intent before anybody sees it, in one statement. Where one stands already, that
     * one comes back. Throws {@code INTENT_REUSED} where what stands was given for another key.
     */
    public Issued remember(EnrollmentRequest request, CertificateChain chain, Instant at) throws LifecycleException {
        byte[] value = ChainCodec.encode(chain);
        Remembered stands =
                memory.remember(issuer, Remembered.first(KIND, request.intent().toString(), value, at));
        return Arrays.equals(stands.value(), value)
                ? new Issued(new IssuedCertificate(chain))
                : requireSameKey(request, issuedFrom(stands));
    }

    /** As {@link #remember}, but what comes last counts: for answers that people bring, and may bring once more. */
    public void replace(EnrollmentRequest request, CertificateChain chain, Instant at) throws LifecycleException {
        byte[] value = ChainCodec.encode(chain);
        String key = request.intent().toString();
        Remembered stands = memory.remember(issuer, Remembered.first(KIND, key, value, at));
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (Arrays.equals(stands.value(), value)
                    || memory.replace(issuer, stands.next(value, at), stands.version())) {
                return;
            }
            stands = memory.find(issuer, KIND, key).orElse(stands);
        }
        throw new LifecycleException(
                FailureKind.INTERNAL,
                "ANSWER_CONTENDED",
                "issuer " + issuer + ": others bring answers for " + request.certificate()
                        + " again and again; try once more");
    }

    /** By intent; throws as {@link #remember}. */
    public Optional<EnrollmentResult> find(EnrollmentRequest request) throws LifecycleException {
        Optional<Remembered> stands = memory.find(issuer, KIND, request.intent().toString());
        return stands.isEmpty() ? Optional.empty() : Optional.of(requireSameKey(request, issuedFrom(stands.get())));
    }

    /** Everything ever given, oldest first. */
    public List<IssuedCertificate> list() throws LifecycleException {
        return memory.list(issuer, KIND).stream()
                .map(fact -> issuedFrom(fact).certificate())
                .toList();
    }

    /** The answer to {@code collect} for an issuer that decides at once. */
    public EnrollmentResult get(EnrollmentRequest request, RequestId id) throws LifecycleException {
        Optional<EnrollmentResult> found = find(request);
        if (found.isEmpty()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "REQUEST_UNKNOWN",
                    "issuer " + issuer + ": got request id " + io.certwright.certificate.Printable.quote(id.value())
                            + " for " + request.certificate() + ", which it never gave; request the certificate again");
        }
        return found.get();
    }

    private Issued requireSameKey(EnrollmentRequest request, Issued issued) throws LifecycleException {
        byte[] key = issued.certificate().leaf().getPublicKey().getEncoded();
        if (!Arrays.equals(key, request.csr().publicKey())) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "INTENT_REUSED",
                    "issuer " + issuer + ": got a second key for intent " + request.intent() + " of "
                            + request.certificate()
                            + ", wanted the key of the first; open a new request for a new key");
        }
        return issued;
    }

    private static Issued issuedFrom(Remembered fact) {
        return new Issued(new IssuedCertificate(ChainCodec.decode(fact.value())));
    }
}
