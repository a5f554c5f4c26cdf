package io.certwright.cli;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.config.DurationOrShare;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.RevocationListFiles;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.GivenLists;
import io.certwright.lookup.Lookups;
import io.certwright.lookup.NameLookup;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.lookup.RevocationLookup;
import io.certwright.policy.Allowance;
import io.certwright.policy.Expectation;
import io.certwright.policy.Profile;
import io.certwright.probe.ManyEndpoints;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check TARGET…}: every check on certificates in files and at endpoints. */
@Command(
        name = "check",
        description = {
            "Checks certificates in files (PEM, DER, PFX, p7b), at endpoints (host:port) and in use under names of the settings:",
            "names, use, key, time, chain and revocation.",
            "Without --dns and --ip: all but the name checks. Without --trust: the trust anchors of the settings and the system's."
        })
final class CheckCommand implements CommandBody {
    private static final int LOOKS_AT_ONCE = 64;
    /** Seconds for all lookups together, more where there is more to ask. */
    private static final int SHORTEST_LOOKUP = 8;

    private static final int LONGEST_LOOKUP = 60;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "A file, host:port, or a name of the settings.")
    private List<String> targets = List.of();

    @Option(names = "--dns", paramLabel = "NAME", description = "A DNS name that the certificate must stand for.")
    private List<String> dns = new ArrayList<>();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "An IP address that the certificate must stand for.")
    private List<String> ips = new ArrayList<>();

    @Option(
            names = "--chain",
            paramLabel = "FILE",
            description = "Intermediate certificates to use beside those given along.")
    private List<Path> chain = new ArrayList<>();

    @Option(names = "--trust", paramLabel = "FILE", description = "The trust anchors, in place of all others.")
    private List<Path> trust = new ArrayList<>();

    @Option(names = "--at", paramLabel = "INSTANT", description = "Judge as of then, such as 2026-12-01T00:00:00Z.")
    private Optional<String> at = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "public or private; by the trust anchor if not given.")
    private Optional<Profile> profile = Optional.empty();

    @Option(names = "--allow", paramLabel = "KIND", split = ",", description = "wildcard, single-label.")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--within",
            paramLabel = "TIME",
            description = "Exit code 9 if it ends within 30d, or within 25%% of its life.")
    private Optional<String> within = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds the password of a PFX in its first line; without it you are asked.")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--crl", paramLabel = "FILE", description = "Revocation lists to judge by, before any is fetched.")
    private List<Path> crl = new ArrayList<>();

    @Option(
            names = "--offline",
            description =
                    "Ask neither DNS nor revocation lists nor OCSP; so it is with --at, too, for they tell of today.")
    private boolean offline;

    @Mixin
    private LookOptions manner = new LookOptions();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
        manner.require();
        Surroundings surroundings = rooms.surroundings();
        Instant moment = at.map(CheckCommand::instant).orElseGet(surroundings::now);
        Optional<DurationOrShare> soon = within.map(text -> read("--within", text, DurationOrShare::parse));
        CheckJudge judge = judge(rooms, Expectation.of(names()).allowing(allowances()), moment);
        List<X509CRL> lists = listsIn(crl);
        List<CheckTarget> found = find(screen, rooms);
        List<CheckJudge.Judged> judged = new ArrayList<>();
        for (CheckTarget target : found) {
            if (target instanceof CheckTarget.Held held) {
                judged.add(judge.judge(held));
            }
        }
        screen.progress("looking up names and revocation");
        Optional<Lookups> lookups = lookups(surroundings, lists, moment, judged.size());
        CheckWorld world = lookups.isPresent() ? judge.lookUp(lookups.get(), judged) : CheckWorld.unseen();
        Iterator<CheckJudge.Judged> next = judged.iterator();
        List<CheckReport> reports = new ArrayList<>();
        for (CheckTarget target : found) {
            reports.add(
                    target instanceof CheckTarget.NotHeld none
                            ? new CheckReport.Unjudged(none.word(), none.why())
                            : judge.report(next.next(), world, soon));
        }
        screen.answer(new CheckAnswer(reports));
        return ExitCode.mostUrgent(reports.stream().map(CheckReport::exit).toList());
    }

    private List<CheckTarget> find(Screen screen, Rooms rooms) throws InterruptedException {
        Surroundings surroundings = rooms.surroundings();
        try (CheckPasswords passwords = CheckPasswords.of(passwordFile, surroundings)) {
            ManyEndpoints endpoints = new ManyEndpoints(surroundings.probe(), LOOKS_AT_ONCE);
            return new CheckTargets(
                            endpoints,
                            manner,
                            certificatesIn("--chain", chain),
                            passwords,
                            new CheckInventory(rooms, surroundings))
                    .find(targets, done -> screen.progress("looked at " + done + " endpoints"));
        }
    }

    /** Nobody is asked about today where another time counts. */
    private Optional<Lookups> lookups(Surroundings surroundings, List<X509CRL> lists, Instant moment, int judged) {
        boolean asksNobody = offline || at.isPresent();
        if (asksNobody && lists.isEmpty()) {
            return Optional.empty();
        }
        Optional<RevocationLookup> network = asksNobody ? Optional.empty() : Optional.of(surroundings.revocation());
        RevocationLookup revocation = lists.isEmpty() && network.isPresent()
                ? network.get()
                : new GivenLists(lists, certificatesIn("--chain", chain), moment, network);
        NameLookup names =
                asksNobody ? name -> new NameUnknown(name, "nobody was to be asked", moment) : surroundings.names();
        Duration limit = Duration.ofSeconds(Math.min(LONGEST_LOOKUP, SHORTEST_LOOKUP + judged / LOOKS_AT_ONCE));
        Lookups lookups = new Lookups(names, revocation, limit, Clock.fixed(moment, ZoneOffset.UTC));
        return Optional.of(asksNobody ? lookups : lookups.withIssuers(surroundings.issuers()));
    }

    private CheckJudge judge(Rooms rooms, Expectation wanted, Instant moment) throws LifecycleException {
        CheckJudge.Anchors anchors = trust.isEmpty()
                ? CheckJudge.Anchors.of(rooms)
                : CheckJudge.Anchors.only(certificatesIn("--trust", trust));
        return new CheckJudge(wanted, profile, anchors, moment);
    }

    private static List<X509CRL> listsIn(List<Path> files) {
        List<X509CRL> lists = new ArrayList<>();
        for (Path file : files) {
            try {
                lists.addAll(RevocationListFiles.parse(
                        "--crl " + Printable.quote(file.toString()), GivenFile.read("--crl", file)));
            } catch (LifecycleException unfit) {
                throw new WrongUsage(unfit.getMessage() + ".");
            }
        }
        return lists;
    }

    private SubjectAlternativeNames names() {
        return new SubjectAlternativeNames(
                dns.stream().map(text -> read("--dns", text, DnsName::parse)).toList(),
                ips.stream().map(text -> read("--ip", text, IpAddress::parse)).toList());
    }

    private Set<Allowance> allowances() {
        Set<Allowance> allowances = new HashSet<>();
        for (String word : allowed) {
            allowances.add(read("--allow", word, text -> switch (text) {
                case "wildcard" -> Allowance.WILDCARD;
                case "single-label" -> Allowance.SINGLE_LABEL;
                default ->
                    throw new IllegalArgumentException(
                            "got " + Printable.quote(text) + ", wanted wildcard or single-label");
            }));
        }
        return allowances;
    }

    private static List<X509Certificate> certificatesIn(String option, List<Path> files) {
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : files) {
            try {
                all.addAll(CertificateFiles.read(file).certificates());
            } catch (LifecycleException unfit) {
                throw new WrongUsage(option + ": " + unfit.getMessage() + ".");
            }
        }
        return all;
    }

    private static Instant instant(String text) {
        return read("--at", text, word -> {
            try {
                return Instant.parse(word);
            } catch (DateTimeParseException notAnInstant) {
                throw new IllegalArgumentException(
                        "got " + Printable.quote(word) + ", wanted an instant in UTC such as 2026-12-01T00:00:00Z",
                        notAnInstant);
            }
        });
    }

    private static <T> T read(String option, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage(option + ": " + wrong.getMessage() + ".");
        }
    }
}
