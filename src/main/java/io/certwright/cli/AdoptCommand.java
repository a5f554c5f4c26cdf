package io.certwright.cli;

import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.discovery.Adoption;
import io.certwright.discovery.FoundBinding;
import io.certwright.discovery.HostScan;
import io.certwright.discovery.SettingsEntry;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Due;
import io.certwright.lifecycle.wish.MaintenanceWindow;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.probe.Endpoint;
import io.certwright.trust.ClientGroup;
import io.certwright.wsus.WsusPorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adopt HOST[:PORT]}: what is bound by hand there comes into the settings, and into the inventory as the certificate in use. */
@Command(
        name = "adopt",
        description =
                "Takes what is bound on a host into the settings, names and key kind as they are, as the certificate in use; changes nothing on the host.")
final class AdoptCommand implements CommandBody {
    @Parameters(
            paramLabel = "HOST[:PORT]",
            description =
                    "A host of the settings, with the port where it serves several certificates; or any server's host:port.")
    private String place = "";

    @Option(
            names = "--issuer",
            paramLabel = "ISSUER",
            description = "Who is to issue the next one; the only issuer if not given.")
    private Optional<String> issuer = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "How the settings are to call it; the host's name if not given.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--site", paramLabel = "SITE", description = "Which site of IIS, where several share the port.")
    private Optional<String> site = Optional.empty();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        int colon = place.lastIndexOf(':');
        String word = colon < 0 ? place : place.substring(0, colon);
        if (colon >= 0 && !rooms.hosts().contains(word)) {
            return atEndpoint(screen, rooms, word);
        }
        HostName host = KnownHosts.meant(rooms, List.of(word)).get(0);
        Optional<String> port = colon < 0 ? Optional.empty() : Optional.of(place.substring(colon + 1));
        return onHost(screen, rooms, host, port);
    }

    private ExitCode onHost(Screen screen, Rooms rooms, HostName host, Optional<String> port)
            throws LifecycleException {
        WsusPorts ports = rooms.wsus();
        List<FoundBinding> found = new ArrayList<>(new HostScan(ports.hosts(), ports.wishes(), rooms.certificates())
                .scan(host)
                .bindings());
        found.removeIf(each -> port.filter(wanted -> !wanted.equals(String.valueOf(each.port())))
                .isPresent());
        found.removeIf(each ->
                site.filter(wanted -> !wanted.equalsIgnoreCase(each.site())).isPresent());
        List<FoundBinding> meant = ofOneCertificate(found);
        Duration gap = ports.wishes()
                .host(host)
                .window()
                .map(MaintenanceWindow::longestGap)
                .orElse(Duration.ZERO);
        Optional<FoundBinding> managed =
                meant.stream().filter(each -> each.managedBy().isPresent()).findFirst();
        if (managed.isPresent()) {
            screen.answer(ofManaged(rooms, managed.get(), gap));
            return ExitCode.DONE;
        }
        Adoption adoption = Adoption.ofBindings(meant, freeName(ports.wishes(), host.value()), issuerOf(rooms));
        String next = "next: \"certwright renew " + adoption.name()
                + " --dry-run\" shows what would change; \"mode: manage\" under hosts: " + host + " lets it";
        screen.answer(adopt(rooms, AdoptedServer.on(host, rooms, meant, adoption), gap, next));
        return ExitCode.DONE;
    }

    private ExitCode atEndpoint(Screen screen, Rooms rooms, String word) throws LifecycleException {
        Endpoint endpoint = endpoint();
        CertificateName free = freeName(rooms.wishes(), word);
        Adoption adoption = Adoption.ofEndpoint(endpoint, presented(rooms, endpoint, word), free, issuerOf(rooms));
        String next = "next: no host of the settings is " + word
                + ", so that nothing is changed there: add \"bind\" to the entry where Certwright can, or put what it issues there"
                + " yourself and let it look: watch: [ { address: \"" + place + "\" } ]";
        screen.answer(adopt(rooms, AdoptedServer.plain(adoption), Duration.ZERO, next));
        return ExitCode.DONE;
    }

    private Endpoint endpoint() {
        try {
            return Endpoint.parse(place);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage("adopt " + place + ": " + wrong.getMessage() + ".");
        }
    }

    private static CertificateChain presented(Rooms rooms, Endpoint endpoint, String word) throws LifecycleException {
        try {
            return rooms.surroundings().probe().look(endpoint).chain();
        } catch (LifecycleException silent) {
            throw new LifecycleException(
                    silent.kind(),
                    silent.code(),
                    silent.getMessage() + "; nor is a host " + word + " in the settings",
                    silent);
        }
    }

    /** Into the record first, into the settings then: whoever dies in between is repeated, and nobody renews in between. */
    private static Answer adopt(Rooms rooms, AdoptedServer server, Duration gap, String next)
            throws LifecycleException {
        Adoption adoption = server.adoption();
        List<Due> due = new ArrayList<>();
        rooms.addToSettings(server.entries(), wishes -> {
            ManagedCertificate wish = wishes.find(adoption.name()).orElseThrow();
            Due.Lead lead = lead(wish, wishes, gap);
            due.add(rooms.story().adopting().ensureAdopted(wish, adoption.served(), lead, adoption.where()));
        });
        String renewal = renewal(rooms, adoption.name(), due.get(0));
        List<String> lines = new ArrayList<>(List.of(adoption.sentence(), renewal));
        if (!adoption.namedInSan()) {
            lines.add(
                    "its name stands in the common name alone, where clients of today do not look; \"certwright renew "
                            + adoption.name() + " --force\" replaces it before its time");
        }
        lines.addAll(server.remarks());
        lines.add(next);
        return Answer.of(
                lines,
                json -> json.put("name", adoption.name().value())
                        .put("message", adoption.sentence())
                        .put("dueAt", due.get(0).at())
                        .putTexts("entry", adoption.entry().lines())
                        .putTexts(
                                "wsus", server.wsus().map(SettingsEntry::lines).orElse(List.of()))
                        .putTexts("remarks", server.remarks())
                        .put("next", next));
    }

    private static Due.Lead lead(ManagedCertificate wish, Wishes wishes, Duration gap) {
        Duration wait =
                wish.clients().map(wishes::group).map(ClientGroup::waitingTime).orElse(Duration.ZERO);
        return new Due.Lead(wait, gap);
    }

    private static String renewal(Rooms rooms, CertificateName name, Due due) {
        boolean now = due.isDueAt(rooms.clock().instant());
        return "it is the certificate in use of " + name + " now; its successor is due "
                + (now ? "now" : LocalTimes.here().moment(due.at())) + ": " + due.sentence();
    }

    /** Where a person wrote the entry, what is served may still be unknown here. */
    private Answer ofManaged(Rooms rooms, FoundBinding found, Duration gap) throws LifecycleException {
        CertificateName managed = found.managedBy().orElseThrow();
        ManagedCertificate wish = rooms.wsus().wishes().find(managed).orElseThrow();
        boolean known = rooms.certificates().findInUse(managed).isPresent()
                || rooms.renewals().findOpen(managed).isPresent();
        if (known || found.chain().isEmpty()) {
            String sentence = place + ": nothing to do, certificate " + managed + " is bound there already";
            return Answer.of(sentence, json -> json.put("message", sentence));
        }
        Adoption served = Adoption.ofBindings(List.of(found), managed, wish.issuer());
        if (!wish.names().hasSameNamesAs(new SubjectAlternativeNames(served.dns(), served.ips()))) {
            String sentence = place + ": certificate " + managed + " is to be for " + wish.names()
                    + ", which what is bound there now is not; it is due now: certwright renew " + managed;
            return Answer.of(sentence, json -> json.put("message", sentence));
        }
        Due due = rooms.story()
                .adopting()
                .ensureAdopted(
                        wish,
                        new IssuedCertificate(found.chain().get()),
                        lead(wish, rooms.wsus().wishes(), gap),
                        served.where());
        List<String> lines = List.of(served.sentence(), renewal(rooms, managed, due));
        return Answer.of(
                lines,
                json -> json.put("name", managed.value())
                        .put("message", lines.get(0))
                        .put("dueAt", due.at()));
    }

    /** However many bindings share it; several certificates are several. */
    private List<FoundBinding> ofOneCertificate(List<FoundBinding> found) {
        if (found.isEmpty()) {
            throw new WrongUsage(
                    "adopt " + place + ": got no https binding there; \"certwright scan\" shows those there are.");
        }
        List<FoundBinding> serving =
                found.stream().filter(each -> each.leaf().isPresent()).toList();
        if (serving.isEmpty()) {
            return List.of(found.get(0));
        }
        if (serving.stream().map(FoundBinding::leaf).distinct().count() > 1) {
            throw new WrongUsage("adopt " + place + ": got several certificates, "
                    + String.join(
                            ", ",
                            serving.stream()
                                    .map(each ->
                                            each.site() + " " + each.binding().at())
                                    .distinct()
                                    .toList())
                    + ", wanted one of them by HOST:PORT or --site.");
        }
        return serving;
    }

    private CertificateName freeName(Wishes wishes, String usual) {
        try {
            CertificateName wanted = CertificateName.of(name.orElse(usual));
            if (wishes.find(wanted).isPresent()) {
                throw new WrongUsage("adopt " + place + ": there is a certificate " + wanted
                        + " in the settings already; give another name with --name.");
            }
            return wanted;
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage("adopt " + place + ": " + wrong.getMessage() + ".");
        }
    }

    private IssuerName issuerOf(Rooms rooms) throws LifecycleException {
        if (issuer.isPresent()) {
            return Named.issuer(rooms, issuer.get()).name();
        }
        List<Issuer> all = rooms.issuers().issuers();
        if (all.size() != 1) {
            throw new WrongUsage(
                    "adopt " + place + ": the settings name " + all.size() + " issuers, wanted one by --issuer.");
        }
        return all.get(0).name();
    }
}
