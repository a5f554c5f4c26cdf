package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A configured CA, whatever it speaks. What not every CA can is a capability beside: {@link LooksUpAnswers}, {@link Revokes}, {@link TakesAnswer}. */
public interface Issuer {
    IssuerName name();

    /** As the settings call the kind: {@code builtin}. */
    String type();

    /** Asks for a certificate. With an intent that was answered before, the same answer comes back where the CA can tell. */
    EnrollmentResult request(EnrollmentRequest request) throws LifecycleException;

    /** Asks what became of a request that was {@link Pending}. */
    EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException;

    /** The roots that relying parties need; empty where the CA is a public one that everybody knows. */
    List<X509Certificate> anchors() throws LifecycleException;

    /**
     * Issuing CA certificates that relying parties should have beside those in a chain: the next issuing CA, ahead of its first leaf.
     */
    default List<X509Certificate> intermediates() throws LifecycleException {
        return List.of();
    }

    /** The AD CS template that it asks by, a name or an object identifier: what a certificate says of its template is held against it. */
    default Optional<String> template() {
        return Optional.empty();
    }

    /** What a person should know about how it is set up, a sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    /** Reaches the CA without issuing anything and says in one sentence what was found. */
    String test() throws LifecycleException;
}
