package io.certwright.windows.simulated;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.StoreName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The simulated WSUS server of {@code certwright demo windows}, with its listeners and its door for visits. */
public final class DemoServer implements AutoCloseable {
    /** What its clients call it. */
    public static final String NAME = "wsus.certwright.test";

    private final SimulatedServer server;
    private final TlsFront front;
    private final DemoDoor door;

    private DemoServer(SimulatedServer server, TlsFront front, DemoDoor door) {
        this.server = server;
        this.front = front;
        this.door = door;
    }

    /**
     * Opens it on loopback.
     *
     * @param fresh whether its https binding has no certificate yet, instead of one that somebody bound by hand
     */
    public static DemoServer open(int http, int https, int control, boolean fresh, Clock clock, SecureRandom random)
            throws LifecycleException {
        SimulatedServer server = FreshWsus.on(new SimulatedServer("demo", 17763, clock, random), http, https);
        server.knowName(NAME, List.of("127.0.0.1"));
        if (!fresh) {
            BoundByHand.on(server, NAME, https, clock, random);
        }
        try {
            TlsFront front = TlsFront.open(server, List.of("127.0.0.1"));
            try {
                return new DemoServer(server, front, DemoDoor.open(server, control));
            } catch (IOException taken) {
                front.close();
                throw taken;
            }
        } catch (IOException taken) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "DEMO_PORT_TAKEN",
                    "demo: one of the ports " + http + ", " + https + " and " + control
                            + " of 127.0.0.1 cannot be listened on; end the other program or give --http, --https and --control",
                    taken);
        }
    }

    /** Where visits are let in. */
    public int controlPort() {
        return door.port();
    }

    /** Does what a line of a person says, and says what came of it. */
    public String obey(String line) {
        String[] words = line.strip().split(" +", -1);
        try {
            return switch (words[0]) {
                case "show" -> shown();
                case "break" -> broken(words, true);
                case "mend" -> broken(words, false);
                case "fail" -> failing(words);
                case "stray" -> stray(words);
                case "trust" -> trusted(line.strip().substring("trust".length()).strip());
                default -> help();
            };
        } catch (IllegalArgumentException unknown) {
            return Printable.quote(line) + " is none of what can be done here. " + help();
        }
    }

    private static String help() {
        String behaviours = String.join(
                ", ",
                Arrays.stream(Behaviour.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
        return String.join(
                System.lineSeparator(),
                "a line is one of:",
                "  show                   what http.sys serves, what WSUS recorded, and the last calls",
                "  break BEHAVIOUR        be like an odd server: " + behaviours,
                "  mend BEHAVIOUR         be no longer so",
                "  fail FUNCTION [after]  let the next call of a function of the script fail, before or after its effect:"
                        + " fail Set-BindingCertificate after",
                "  stray ADDRESS:PORT     an entry of http.sys that IIS does not show: stray 127.0.0.1:8531",
                "  trust FILE             import a root certificate into Trusted Root of Local Computer");
    }

    private String shown() {
        List<String> lines = new ArrayList<>();
        server.httpSysTable().forEach((key, thumbprint) -> lines.add(key + " " + thumbprint));
        server.setupValues().forEach((name, text) -> lines.add(name + "=" + text));
        List<String> called = server.called();
        lines.add("called: " + String.join(", ", called.subList(Math.max(0, called.size() - 10), called.size())));
        return String.join(System.lineSeparator(), lines);
    }

    private String broken(String[] words, boolean broken) {
        Behaviour behaviour =
                Behaviour.valueOf(word(words, 1).toUpperCase(Locale.ROOT).replace('-', '_'));
        if (broken) {
            server.with(behaviour);
        } else {
            server.without(behaviour);
        }
        return (broken ? "now: " : "no longer: ") + word(words, 1);
    }

    private String failing(String[] words) {
        boolean after = words.length > 2 && words[2].equals("after");
        server.plan(Mishap.at(word(words, 1), after, Mishap.Kind.ERROR));
        return "the next " + words[1] + " fails " + (after ? "after" : "before") + " its effect";
    }

    /** An entry that IIS does not show and that hides what is bound. */
    private String stray(String[] words) {
        Thumbprint any = server.httpSysTable().values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is bound yet"));
        server.putHttpSysEntry("ipport=" + word(words, 1), any, "My");
        return "http.sys has an entry for " + words[1] + " now";
    }

    /** Puts the certificate of a file into the server's Trusted Root, as an administrator would. */
    private String trusted(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            X509Certificate root =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            server.putCertificate(StoreName.ROOT, root, Optional.empty(), false);
            return "the server trusts "
                    + Printable.escape(root.getSubjectX500Principal().getName(), 200) + " now";
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalArgumentException("no certificate file", unreadable);
        }
    }

    private static String word(String[] words, int at) {
        if (words.length <= at) {
            throw new IllegalArgumentException("a word is missing");
        }
        return words[at];
    }

    @Override
    public void close() {
        front.close();
        try {
            door.close();
        } catch (IOException gone) {
            return;
        }
    }
}
