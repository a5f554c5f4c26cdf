package io.certwright.testing;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustPublisher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps packages in memory, each at the place its group names; the history stays readable. */
public final class MemoryTrustPublisher implements TrustPublisher {
    private final Map<ClientGroupName, TrustBundle> present = new HashMap<>();
    private final List<TrustBundle> published = new ArrayList<>();
    private Optional<LifecycleException> failure = Optional.empty();

    /** Every publication fails like this until {@link #heal()}. */
    public synchronized MemoryTrustPublisher failing(LifecycleException next) {
        failure = Optional.of(next);
        return this;
    }

    public synchronized void heal() {
        failure = Optional.empty();
    }

    @Override
    public synchronized PublishedPackage publish(TrustBundle bundle) throws LifecycleException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (!bundle.equals(present.put(bundle.group().name(), bundle))) {
            published.add(bundle);
        }
        return packageOf(bundle);
    }

    @Override
    public synchronized Optional<PublishedPackage> find(TrustBundle bundle) {
        return Optional.ofNullable(present.get(bundle.group().name()))
                .filter(standing -> standing.equals(bundle))
                .map(MemoryTrustPublisher::packageOf);
    }

    /** What clients of the group find now. */
    public synchronized Optional<TrustBundle> present(ClientGroupName group) {
        return Optional.ofNullable(present.get(group));
    }

    /** Each package that differed from the one before it, oldest first. */
    public synchronized List<TrustBundle> published() {
        return List.copyOf(published);
    }

    private static PublishedPackage packageOf(TrustBundle bundle) {
        return new PublishedPackage(
                bundle.group().publishTo(),
                Sha256Fingerprint.ofDer(bundle.digest().getBytes(StandardCharsets.US_ASCII))
                        .hex());
    }
}
