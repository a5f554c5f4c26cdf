package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo windows}: a server to try things on. */
@Command(
        name = "demo",
        description = "Simulates a server to look at, renew and break.",
        subcommands = {DemoCommand.Windows.class})
final class DemoCommand {
    /** A WSUS server. */
    @Command(
            name = "windows",
            description = {
                "Simulates a WSUS server on this machine until it is ended: IIS, http.sys, stores and registry in memory, real listeners.",
                "Lines on stdin break it: help says which."
            })
    static final class Windows implements CommandBody {
        @Option(names = "--http", paramLabel = "PORT", description = "Where it serves http; 8530 if not given.")
        private int http = 8530;

        @Option(names = "--https", paramLabel = "PORT", description = "Where it serves https; 8531 if not given.")
        private int https = 8531;

        @Option(
                names = "--control",
                paramLabel = "PORT",
                description = "Where Certwright's calls come in, instead of ssh; 8599 if not given.")
        private int control = 8599;

        @Option(
                names = "--fresh",
                description = "Nothing is bound yet; otherwise a certificate that ends in 20 days is.")
        private boolean fresh;

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
            try (DemoWindows demo = rooms.demoWindows(new DemoWindows.Wish(http, https, control, fresh))) {
                introduction(demo.name()).forEach(screen::say);
                demo.obeyUntilTheEnd(screen::say);
                return ExitCode.DONE;
            }
        }

        private List<String> introduction(String name) {
            List<String> lines = new ArrayList<>(List.of(
                    "A simulated WSUS server listens on https://127.0.0.1:" + https + " and http://127.0.0.1:" + http
                            + " until this command is ended.",
                    "  look at it    certwright probe 127.0.0.1:" + https + " --sni " + name,
                    "  begin with    certwright init --host demo --transport simulated --port " + control
                            + " --ca builtin",
                    "                or these lines in the settings:",
                    "                  issuers:",
                    "                    lab: { type: builtin }",
                    "                  hosts:",
                    "                    demo: { transport: simulated, address: 127.0.0.1, port: " + control + " }"));
            lines.addAll(
                    fresh ? described(name) : List.of("                then: certwright scan, certwright adopt demo"));
            lines.addAll(List.of(
                    "                and with \"mode: manage\" behind the port: certwright renew demo",
                    "  break it      with a line here; help says which"));
            return lines;
        }

        /** Where nothing is bound there is nothing to adopt. */
        private List<String> described(String name) {
            return List.of(
                    "                  certificates:",
                    "                    demo: { dns: [" + name
                            + "], issuer: lab, bind: [{ type: iis, host: demo, site: \"WSUS Administration\", port: "
                            + https
                            + " }] }",
                    "                then: certwright scan");
        }
    }
}
