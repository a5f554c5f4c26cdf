package io.certwright.windows.simulated;

import io.certwright.certificate.Thumbprint;
import io.certwright.windows.ConfigMgrCall.GetUpdatePoints;
import io.certwright.windows.ConfigMgrCall.SetUpdatePointSsl;
import io.certwright.windows.ConfigMgrCall.StartFullSynchronization;
import io.certwright.windows.ConfigMgrCall.UpdatePoint;
import io.certwright.windows.ConfigMgrCall.UpdatePoints;
import io.certwright.windows.HostCall.Nothing;
import io.certwright.windows.ProbeCall.GetPresentedCertificate;
import io.certwright.windows.ProbeCall.GetWebAnswer;
import io.certwright.windows.ProbeCall.Presented;
import io.certwright.windows.ProbeCall.WebAnswer;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at endpoints from the server itself, and the software update points of a site that it may be the server of. */
final class SimulatedProbes {
    private final SimulatedServer server;
    private final Map<String, UpdatePoint> points = new LinkedHashMap<>();
    private final List<String> synchronizedSites = new ArrayList<>();

    SimulatedProbes(SimulatedServer server) {
        this.server = server;
    }

    void answer(CallTable table) {
        table.on(GetPresentedCertificate.class, this::look);
        table.on(GetWebAnswer.class, this::get);
        table.on(GetUpdatePoints.class, call -> new UpdatePoints(List.copyOf(points.values())));
        table.on(SetUpdatePointSsl.class, this::setPoint);
        table.on(StartFullSynchronization.class, call -> synchronize(call.siteCode()));
    }

    private Presented look(GetPresentedCertificate call) throws WindowsError {
        SimulatedServer other = server.answeringAs(call.address());
        String address = other == server ? call.address() : "127.0.0.1";
        List<X509Certificate> shown = other.presented(address, call.port(), call.serverName());
        String trust = server.stores().trusts(shown) ? "None" : "RemoteCertificateChainErrors";
        try {
            String der = Base64.getEncoder().encodeToString(shown.get(0).getEncoded());
            return new Presented(Thumbprint.of(shown.get(0)), der, "Tls12", trust);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("A certificate in memory cannot be encoded.", impossible);
        }
    }

    private WebAnswer get(GetWebAnswer call) throws WindowsError {
        URI url = URI.create(call.url());
        if (url.getScheme().equals("https")) {
            List<X509Certificate> shown = server.presented("127.0.0.1", url.getPort(), Optional.of(url.getHost()));
            if (!server.stores().trusts(shown)) {
                throw WindowsError.notTrusted();
            }
        }
        return new WebAnswer(server.webStatus(url.getScheme(), url.getPort(), url.getPath()), "");
    }

    void putPoint(String name, boolean ssl) {
        points.put(name, new UpdatePoint("\\\\" + name, ssl));
    }

    /** Full synchronizations that were started, by site. */
    List<String> synchronizedSites() {
        return synchronizedSites;
    }

    private Nothing synchronize(String siteCode) {
        synchronizedSites.add(siteCode);
        return new Nothing();
    }

    private Nothing setPoint(SetUpdatePointSsl call) throws WindowsError {
        if (!points.containsKey(call.server().value())) {
            throw WindowsError.thrown("No object corresponds to the specified parameters.");
        }
        points.put(call.server().value(), new UpdatePoint("\\\\" + call.server(), call.ssl()));
        return new Nothing();
    }
}
