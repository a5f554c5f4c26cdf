package io.certwright.enrollment.windowsstore;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.ChainOrder;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.RemoteCsr;
import io.certwright.enrollment.BringsKeys;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ServerClock;
import io.certwright.windows.AskedFor;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.HostFacts;
import io.certwright.windows.HostFitness;
import io.certwright.windows.StoreCall.KeySignature;
import io.certwright.windows.StoreCall.NewKeySignature;
import io.certwright.windows.WindowsHost;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches LocalMachine\My of a host for a certificate that auto-enrolment, or a person, put there with its key, and takes it as issued.
 * The key signs a request there, which shows that it works; nothing is ever asked of a CA.
 */
public final class WindowsStoreIssuer implements Issuer, BringsKeys {
    private static final int MOST_SHOWN = 3;
    private static final Logger LOG = LoggerFactory.getLogger(WindowsStoreIssuer.class);

    private final IssuerName name;
    private final WindowsStoreSettings settings;
    private final WindowsHost host;
    private final Clock clock;
    private final RememberedCertificates given;
    private final Set<Thumbprint> warnedOf = ConcurrentHashMap.newKeySet();

    public WindowsStoreIssuer(IssuerName name, WindowsStoreSettings settings, WindowsStoreParts parts) {
        this.name = name;
        this.settings = settings;
        this.host = new AskedFor("issuer " + name, parts.host());
        this.clock = parts.clock();
        this.given = new RememberedCertificates(name, parts.memory());
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "windows-store";
    }

    @Override
    public Found findKey(Wished wished) throws LifecycleException {
        var unused = requireFitHost();
        MachineStores stores = MachineStores.of(host);
        List<X509Certificate> anchors = anchors();
        List<String> passedOver = new ArrayList<>();
        for (Thumbprint odd : stores.unreadable()) {
            passedOver.add(odd.abbreviated() + "… (does not parse)");
            warnOnce(odd);
        }
        List<Candidate> fitting = new ArrayList<>();
        for (Candidate each : stores.personal()) {
            Optional<String> obstacle = each.findObstacle(wished, settings.leastLeft(), clock.instant());
            if (obstacle.isEmpty() && !each.leadsTo(anchors, stores.intermediates())) {
                obstacle = Optional.of("leads to none of the anchors");
            }
            obstacle.ifPresentOrElse(
                    why -> passedOver.add(each.shortName() + " (" + why + ")"), () -> fitting.add(each));
        }
        Optional<Candidate> best = fitting.stream()
                .max(Comparator.comparing(each -> each.certificate().getNotAfter()));
        return best.isPresent()
                ? Found.of(broughtBy(best.get().certificate(), wished.names()))
                : Found.none(stillNone(wished, passedOver));
    }

    private void warnOnce(Thumbprint odd) {
        if (warnedOf.add(odd)) {
            LOG.warn(
                    "Certificate {} in LocalMachine\\My of host {} does not parse and is passed over (issuer {}).",
                    odd,
                    host.name(),
                    name);
        }
    }

    private BroughtKey broughtBy(X509Certificate certificate, SubjectAlternativeNames names) throws LifecycleException {
        Thumbprint thumbprint = Thumbprint.of(certificate);
        CertificateSigningRequest request =
                RemoteCsr.of(names, certificate.getPublicKey(), content -> signed(thumbprint, content));
        if (CsrReader.faultOf(request).isPresent()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "KEY_UNUSABLE",
                    "issuer " + name + ": host " + host.name()
                            + ": the private key in LocalMachine\\My does not sign for certificate " + thumbprint
                            + "; remove the certificate there, or repair its key: certutil -repairstore my SERIAL");
        }
        return new BroughtKey(
                host.name() + " " + Sha256Fingerprint.ofDer(request.publicKey()).hex(), request);
    }

    private byte[] signed(Thumbprint thumbprint, byte[] content) throws LifecycleException {
        KeySignature signature =
                host.perform(new NewKeySignature(thumbprint, Base64.getEncoder().encodeToString(content)));
        byte[] octets = Base64.getDecoder().decode(signature.signature());
        return signature.algorithm().equals("ECDSA") ? RemoteCsr.derOf(octets) : octets;
    }

    private Pending stillNone(Wished wished, List<String> passedOver) {
        String shown = String.join(", ", passedOver.subList(0, Math.min(MOST_SHOWN, passedOver.size())));
        String others = passedOver.size() > MOST_SHOWN ? " and " + (passedOver.size() - MOST_SHOWN) + " others" : "";
        return new Pending(
                new RequestId("LocalMachine\\My of " + host.name()),
                settings.askAgain(),
                "issuer " + name + ": no certificate for " + wished.names() + " has come into LocalMachine\\My of host "
                        + host.name() + " yet; "
                        + (passedOver.isEmpty() ? "the store is empty" : "passed over: " + shown + others)
                        + "; let auto-enrolment or a person put one there");
    }

    /** What was found by its key before; the same certificate however often it is asked for. */
    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = given.find(request);
        return known.isPresent() ? known.get() : taken(request);
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return request(request);
    }

    private EnrollmentResult taken(EnrollmentRequest request) throws LifecycleException {
        MachineStores stores = MachineStores.of(host);
        X509Certificate leaf = ChainOrder.findByKey(request.csr().publicKey(), stores.certificates())
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "CERTIFICATE_GONE",
                        "issuer " + name + ": the certificate of " + request.csr()
                                + " is not in LocalMachine\\My of host "
                                + host.name() + "; put it back there, or begin anew with \"certwright renew "
                                + request.certificate() + " --force\""));
        List<X509Certificate> pool = new ArrayList<>(stores.intermediates());
        pool.addAll(anchors());
        return given.remember(request, ChainOrder.from(leaf, pool), clock.instant());
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    @Override
    public List<String> warnings() {
        return settings.anchors().isEmpty()
                ? List.of("it has no anchors: any certificate for the names is taken, whoever issued it")
                : List.of();
    }

    @Override
    public String test() throws LifecycleException {
        HostFacts facts = requireFitHost();
        MachineStores stores = MachineStores.of(host);
        return "windows-store issuer " + name + ": LocalMachine\\My of host " + host.name() + " holds "
                + stores.personal().size() + " certificates, "
                + stores.personal().stream().filter(Candidate::hasKey).count() + " of them with keys"
                + (stores.unreadable().isEmpty()
                        ? ""
                        : "; beside them "
                                + String.join(
                                        ", ",
                                        stores.unreadable().stream()
                                                .map(Thumbprint::hex)
                                                .toList())
                                + ", which does not parse and is passed over")
                + ServerClock.appended(ServerClock.skew("the host's", facts.clock(), clock.instant()));
    }

    private HostFacts requireFitHost() throws LifecycleException {
        HostFacts facts = host.perform(new GetHostFacts());
        HostFitness.require(host.name(), facts);
        return facts;
    }
}
