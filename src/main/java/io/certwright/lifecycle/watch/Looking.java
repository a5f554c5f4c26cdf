package io.certwright.lifecycle.watch;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.ChainOrder;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.Look;
import io.certwright.probe.ManyEndpoints;
import io.certwright.probe.TlsProbe;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at targets of all kinds, endpoints many at once; each look has the limit of the {@link TlsProbe}. */
final class Looking {
    private static final int AT_ONCE = 50;

    private final ManyEndpoints endpoints;

    Looking(TlsProbe probe) {
        this.endpoints = new ManyEndpoints(probe, AT_ONCE);
    }

    /**
     * What one look came to.
     *
     * @param chain what was shown; empty where nothing was
     * @param why nothing was shown; empty where something was
     */
    record Found(WatchTarget target, Optional<CertificateChain> chain, String why) {
        static Found shown(WatchTarget target, CertificateChain chain) {
            return new Found(target, Optional.of(chain), "");
        }

        static Found nothing(WatchTarget target, LifecycleException why) {
            return new Found(target, Optional.empty(), why.getMessage());
        }
    }

    List<Found> at(List<WatchTarget> targets) throws LifecycleException {
        Map<Endpoint, Look> looks = atEndpoints(targets);
        List<Found> found = new ArrayList<>();
        for (WatchTarget target : targets) {
            if (target instanceof WatchTarget.AtEndpoint at) {
                Optional.ofNullable(looks.get(at.endpoint())).ifPresent(look -> found.add(found(target, look)));
            } else if (target instanceof WatchTarget.InFile in) {
                found.add(found(in));
            }
        }
        return found;
    }

    private Map<Endpoint, Look> atEndpoints(List<WatchTarget> targets) throws LifecycleException {
        List<Endpoint> asked = targets.stream()
                .filter(WatchTarget.AtEndpoint.class::isInstance)
                .map(target -> ((WatchTarget.AtEndpoint) target).endpoint())
                .distinct()
                .toList();
        Map<Endpoint, Look> looks = new HashMap<>();
        try {
            endpoints.lookAt(asked, done -> {}).forEach(look -> looks.put(look.endpoint(), look));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new LifecycleException(
                    FailureKind.INTERNAL, "INTERRUPTED", "watch: interrupted while looking at endpoints", ending);
        }
        return looks;
    }

    private static Found found(WatchTarget target, Look look) {
        return look instanceof Look.Shown shown
                ? Found.shown(target, shown.presented().chain())
                : Found.nothing(target, ((Look.NotShown) look).why());
    }

    private static Found found(WatchTarget.InFile in) {
        try {
            return Found.shown(in, chainIn(in.file()));
        } catch (LifecycleException unreadable) {
            return Found.nothing(in, unreadable);
        }
    }

    /** The server's own certificate and what stands behind it; CA certificates alone count by the first of them. */
    private static CertificateChain chainIn(Path file) throws LifecycleException {
        List<X509Certificate> all = CertificateFiles.read(file).certificates();
        X509Certificate leaf = all.stream()
                .filter(certificate -> certificate.getBasicConstraints() < 0)
                .findFirst()
                .orElse(all.get(0));
        return ChainOrder.from(leaf, all);
    }
}
