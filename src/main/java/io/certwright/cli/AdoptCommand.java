package io.certwright.cli;

import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.discovery.Adoption;
import io.certwright.discovery.FoundBinding;
import io.certwright.discovery.HostScan;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.wsus.WsusPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adopt HOST[:PORT]}: what is bound by hand there comes into the settings. */
@Command(
        name = "adopt",
        description =
                "Takes what is bound on a host into the settings, names and key kind as they are; changes nothing on the host.")
final class AdoptCommand implements CommandBody {
    @Parameters(paramLabel = "HOST[:PORT]", description = "A host of the settings; the port where it has several.")
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

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        int colon = place.indexOf(':');
        String word = colon < 0 ? place : place.substring(0, colon);
        HostName host = KnownHosts.meant(rooms, List.of(word)).get(0);
        WsusPorts ports = rooms.wsus();
        List<FoundBinding> found = new ArrayList<>(new HostScan(ports.hosts(), ports.wishes(), rooms.certificates())
                .scan(host)
                .bindings());
        found.removeIf(each -> colon >= 0 && !place.substring(colon + 1).equals(String.valueOf(each.port())));
        FoundBinding meant = only(found);
        if (meant.managedBy().isPresent()) {
            String sentence =
                    place + ": nothing to do, certificate " + meant.managedBy().get() + " is bound there already";
            screen.answer(Answer.of(sentence, json -> json.put("message", sentence)));
            return ExitCode.DONE;
        }
        Adoption adoption = Adoption.of(meant, freeName(ports.wishes(), host), issuerOf(rooms));
        rooms.addToSettings("certificates", adoption.entry());
        screen.answer(answer(adoption));
        return ExitCode.DONE;
    }

    private static Answer answer(Adoption adoption) {
        String next = "next: \"certwright renew " + adoption.name()
                + " --dry-run\" shows what would change; \"mode: manage\" under" + " hosts: "
                + adoption.found().host() + " lets it";
        return Answer.of(
                List.of(adoption.sentence(), next),
                json -> json.put("name", adoption.name().value())
                        .put("message", adoption.sentence())
                        .putTexts("entry", adoption.entry())
                        .put("next", next));
    }

    /** One port is one certificate, however many bindings share it; several ports are several. */
    private FoundBinding only(List<FoundBinding> found) {
        List<Integer> ports = found.stream().map(FoundBinding::port).distinct().toList();
        if (ports.size() != 1) {
            throw new WrongUsage("adopt " + place + ": got "
                    + (ports.isEmpty()
                            ? "no https binding there; \"certwright scan\" shows those there are."
                            : "https bindings on several ports, " + ports + ", wanted one of them as HOST:PORT."));
        }
        return found.stream()
                .filter(each -> each.leaf().isPresent())
                .findFirst()
                .orElse(found.get(0));
    }

    private CertificateName freeName(Wishes wishes, HostName host) {
        try {
            CertificateName wanted = CertificateName.of(name.orElse(host.value()));
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
