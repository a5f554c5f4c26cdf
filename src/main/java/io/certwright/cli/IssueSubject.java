package io.certwright.cli;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.config.Words;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.Keys;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.AdHoc;
import io.certwright.lifecycle.wish.KeyOrigin;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person wants issued, in the three ways to say it. */
final class IssueSubject {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A certificate of the settings, or one begun by hand.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--dns", paramLabel = "FQDN", description = "A DNS name; may be given several times.")
    private List<String> dns = List.of();

    @Option(names = "--ip", paramLabel = "A", description = "An IP address; may be given several times.")
    private List<String> ips = List.of();

    @Option(
            names = "--csr",
            paramLabel = "FILE",
            description = "A PKCS#10 request, PEM or DER, whose names and key count.")
    private Optional<Path> csr = Optional.empty();

    @Option(names = "--issuer", paramLabel = "I", description = "An issuer of the settings, with --dns, --ip or --csr.")
    private Optional<String> issuer = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "K",
            description = "The kind of key, with --dns or --ip: RSA-3072 if not given.")
    private Optional<String> key = Optional.empty();

    /**
     * @param request the CSR that was brought, if one was
     * @param isNamed whether it was asked for by its name
     */
    record Asked(
            ManagedCertificate wish,
            Optional<CertificateSigningRequest> request,
            boolean inSettings,
            boolean isNamed) {}

    Asked resolve(Rooms rooms) throws LifecycleException {
        boolean byNames = !dns.isEmpty() || !ips.isEmpty();
        long ways = Stream.of(name.isPresent(), byNames, csr.isPresent())
                .filter(given -> given)
                .count();
        if (ways != 1) {
            throw new WrongUsage("issue: got " + (ways == 0 ? "nothing to issue" : "several things to issue")
                    + ", wanted one of NAME, --dns with --issuer, or --csr with --issuer");
        }
        if (name.isPresent()) {
            return named(rooms, name.get());
        }
        IssuerName by = issuer(rooms);
        Asked asked = csr.isPresent() ? brought(csr.get(), by) : byNames(by);
        if (rooms.wishes().find(asked.wish().name()).isPresent()) {
            throw new WrongUsage("issue: certificate " + asked.wish().name()
                    + " is in the settings; \"certwright issue " + asked.wish().name() + "\" issues it");
        }
        return asked;
    }

    private Asked named(Rooms rooms, String wanted) throws LifecycleException {
        if (issuer.isPresent() || key.isPresent()) {
            throw new WrongUsage(
                    "issue " + wanted + ": its issuer and key stand in the settings; leave --issuer and --key out");
        }
        ManagedCertificate wish = Wanted.anywhere(rooms, wanted);
        boolean inSettings = rooms.wishes().find(wish.name()).isPresent();
        if (!inSettings
                && wish.origin() == KeyOrigin.HOST
                && rooms.renewals().findOpen(wish.name()).isEmpty()) {
            throw new WrongUsage("issue " + wanted
                    + ": it was issued for a request that was brought; bring one again: certwright issue --csr FILE --issuer "
                    + wish.issuer());
        }
        return new Asked(wish, Optional.empty(), inSettings, true);
    }

    private Asked byNames(IssuerName by) {
        SubjectAlternativeNames names =
                new SubjectAlternativeNames(all(dns, DnsName::parse), all(ips, IpAddress::parse));
        KeySpec spec = key.map(IssueSubject::keySpec).orElse(KeySpec.RSA_3072);
        return new Asked(AdHoc.of(names, spec, KeyOrigin.SERVICE, by), Optional.empty(), false, false);
    }

    private Asked brought(Path file, IssuerName by) throws LifecycleException {
        if (key.isPresent()) {
            throw new WrongUsage("issue: --key does not go with --csr, whose key is made already; leave it out");
        }
        String what = "--csr " + Printable.quote(file.toString());
        try {
            CertificateSigningRequest request = CsrReader.parse(what, GivenFile.read("--csr", file));
            CsrReader.faultOf(request).ifPresent(fault -> {
                throw new WrongUsage(what + ": " + fault);
            });
            SubjectAlternativeNames names = CsrReader.namesOf(request);
            if (names.isEmpty()) {
                throw new WrongUsage(what + ": it asks for no DNS name and no IP address; make one with a SAN");
            }
            KeySpec spec = Keys.specOf(Keys.publicKey(request.publicKey())).orElseThrow();
            return new Asked(AdHoc.of(names, spec, KeyOrigin.HOST, by), Optional.of(request), false, false);
        } catch (LifecycleException | GeneralSecurityException malformed) {
            throw new WrongUsage(String.valueOf(malformed.getMessage()));
        }
    }

    private IssuerName issuer(Rooms rooms) throws LifecycleException {
        List<String> known = rooms.issuers().issuers().stream()
                .map(each -> each.name().value())
                .toList();
        String given = issuer.orElseThrow(
                () -> new WrongUsage("issue: --issuer is missing; the settings have " + String.join(", ", known)));
        if (!known.contains(given)) {
            throw new WrongUsage("issue: got issuer " + Printable.quote(given) + ", "
                    + Words.closest(given, known)
                            .map(close -> "did you mean " + Printable.quote(close) + "?")
                            .orElse("the settings have " + String.join(", ", known)));
        }
        return new IssuerName(given);
    }

    private static KeySpec keySpec(String text) {
        return Arrays.stream(KeySpec.values())
                .filter(spec -> spec.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("--key: got " + Printable.quote(text) + ", wanted one of "
                        + Arrays.stream(KeySpec.values()).map(KeySpec::toString).collect(Collectors.joining(", "))));
    }

    private static <T> List<T> all(List<String> texts, Function<String, T> parsing) {
        try {
            return texts.stream().map(parsing).toList();
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage(String.valueOf(wrong.getMessage()));
        }
    }
}
