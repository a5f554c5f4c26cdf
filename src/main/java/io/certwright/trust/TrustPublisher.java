package io.certwright.trust;

import io.certwright.failure.LifecycleException;

/**
 * Puts what clients must have where they, or the people who care for them, find it. Harmless twice: the same bundle gives the
 * same bytes, and a package that is already right is left untouched. When it fails, the package before stays.
 */
@FunctionalInterface
public interface TrustPublisher {
    PublishedPackage publish(TrustBundle bundle) throws LifecycleException;
}
