package io.certwright.cli;

import io.certwright.probe.Endpoint;
import io.certwright.probe.Look;
import io.certwright.probe.ManyEndpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code probe HOST:PORT…}: what endpoints really present, judged by nobody. */
@Command(name = "probe", description = "Shows the certificates that endpoints really present in a TLS handshake.")
final class ProbeCommand implements CommandBody {
    private static final int LOOKS_AT_ONCE = 64;

    @Parameters(arity = "0..*", paramLabel = "HOST:PORT", description = "Where to look.")
    private List<String> places = List.of();

    @Mixin
    private LookOptions manner = new LookOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Also at these, one host:port a line; behind it, if need be, sni=NAME, sni=none or starttls=PROTOCOL.")
    private Optional<Path> from = Optional.empty();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws InterruptedException {
        List<Endpoint> endpoints = endpoints();
        Surroundings surroundings = rooms.surroundings();
        List<Look> looks = new ManyEndpoints(surroundings.probe(), LOOKS_AT_ONCE)
                .lookAt(
                        endpoints,
                        done -> screen.progress("looked at " + done + " of " + endpoints.size() + " endpoints"));
        screen.answer(new ProbeAnswer(looks, surroundings.now()));
        return ExitCode.mostUrgent(looks.stream().map(ProbeCommand::exitOf).toList());
    }

    private static ExitCode exitOf(Look look) {
        return look instanceof Look.NotShown dark ? ExitCode.of(dark.why()) : ExitCode.DONE;
    }

    private List<Endpoint> endpoints() {
        manner.require();
        List<Endpoint> endpoints = new ArrayList<>();
        try {
            places.stream().map(Endpoint::parse).forEach(endpoints::add);
            from.map(EndpointList::read).ifPresent(endpoints::addAll);
            if (endpoints.isEmpty()) {
                throw new WrongUsage("probe: got no endpoint, wanted host:port or --from FILE.");
            }
            return endpoints.stream().map(manner::apply).toList();
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage(wrong.getMessage() + ".");
        }
    }
}
