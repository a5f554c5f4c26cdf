package io.certwright.trust;

import io.certwright.failure.LifecycleException;
import java.util.Optional;

/**
 * Puts what clients must have where they, or the people who care for them, find it. Harmless twice: the same bundle gives the
 * same bytes, and a package that is already right is left untouched. When it fails, the package before stays.
 */
@FunctionalInterface
public interface TrustPublisher {
    PublishedPackage publish(TrustBundle bundle) throws LifecycleException;

    /**
     * The package, if it stands there whole and holds exactly {@code bundle}; changes nothing. Empty also where this cannot be
     * told: then it is published again.
     */
    default Optional<PublishedPackage> find(TrustBundle bundle) throws LifecycleException {
        return Optional.empty();
    }
}
