package io.certwright.cli;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.config.DurationOrShare;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import io.certwright.policy.Allowance;
import io.certwright.policy.Expectation;
import io.certwright.policy.PolicyChain;
import io.certwright.policy.Profile;
import io.certwright.policy.Verdict;
import io.certwright.probe.ManyEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check TARGET…}: every check on certificates in files and at endpoints. */
@Command(
        name = "check",
        description = {
            "Checks certificates in files (PEM, DER, PFX, p7b) and at endpoints (host:port): names, use, key, time and chain.",
            "Without --dns and --ip: all but the name checks. Without --trust: the trust anchors of the settings and the system's."
        })
final class CheckCommand implements CommandBody {
    private static final int LOOKS_AT_ONCE = 64;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "A file, or host:port.")
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
            description = "Holds the password of a PFX in its first line.")
    private Optional<Path> passwordFile = Optional.empty();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
        Surroundings surroundings = rooms.surroundings();
        Instant moment = at.map(CheckCommand::instant).orElseGet(surroundings::now);
        Optional<DurationOrShare> soon = within.map(text -> read("--within", text, DurationOrShare::parse));
        Expectation wanted = Expectation.of(names()).allowing(allowances());
        Judge judge = judge(surroundings, wanted);
        List<CheckReport> reports = new ArrayList<>();
        try (SecretBytes password = password()) {
            ManyEndpoints endpoints = new ManyEndpoints(surroundings.probe(), LOOKS_AT_ONCE);
            List<CheckTarget> found = new CheckTargets(endpoints, certificatesIn("--chain", chain), password)
                    .find(targets, done -> screen.progress("looked at " + done + " endpoints"));
            for (CheckTarget target : found) {
                reports.add(report(target, judge, moment, soon));
            }
        }
        screen.answer(new CheckAnswer(reports));
        return ExitCode.mostUrgent(reports.stream().map(CheckReport::exit).toList());
    }

    /** Holds a certificate against what was wanted, in the profile that was asked for or that fits its anchor. */
    private record Judge(Expectation wanted, Optional<Profile> profile, Set<X509Certificate> publicAnchors) {
        Verdict judge(CheckTarget.Held held, Instant at) {
            PolicyChain checks = PolicyChain.standard();
            Verdict verdict = checks.inspect(held.certificate(), wanted.inProfile(profile.orElse(Profile.PRIVATE)), at);
            List<X509Certificate> path = verdict.path();
            boolean isPublic =
                    profile.isEmpty() && !path.isEmpty() && publicAnchors.contains(path.get(path.size() - 1));
            return isPublic ? checks.inspect(held.certificate(), wanted.inProfile(Profile.PUBLIC), at) : verdict;
        }
    }

    private Judge judge(Surroundings surroundings, Expectation wanted) throws LifecycleException {
        if (!trust.isEmpty()) {
            return new Judge(wanted.withAnchors(certificatesIn("--trust", trust)), profile, Set.of());
        }
        List<X509Certificate> configured = surroundings.configuredAnchors();
        List<X509Certificate> all = new ArrayList<>(configured);
        all.addAll(surroundings.systemAnchors());
        Set<X509Certificate> publicOnes = new HashSet<>(surroundings.systemAnchors());
        configured.forEach(publicOnes::remove);
        return new Judge(wanted.withAnchors(all), profile, publicOnes);
    }

    private static CheckReport report(CheckTarget target, Judge judge, Instant at, Optional<DurationOrShare> within) {
        if (target instanceof CheckTarget.NotHeld none) {
            return new CheckReport.Unjudged(none.word(), none.why());
        }
        CheckTarget.Held held = (CheckTarget.Held) target;
        ValidityPeriod validity = held.certificate().validity();
        boolean endsSoon = within.map(time -> time.of(validity.lifetime()))
                .filter(time -> validity.remainingAt(at).compareTo(time) <= 0)
                .isPresent();
        return new CheckReport.Judged(held.word(), held.certificate(), judge.judge(held, at), at, endsSoon);
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

    private SecretBytes password() {
        if (passwordFile.isEmpty()) {
            return SecretBytes.ofText("");
        }
        try (var lines = Files.lines(passwordFile.get())) {
            return SecretBytes.ofText(lines.findFirst().orElse(""));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            throw new WrongUsage("--password-file: " + passwordFile.get() + " cannot be read; check the path.");
        }
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
