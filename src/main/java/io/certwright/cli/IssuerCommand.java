package io.certwright.cli;

import io.certwright.audit.AuditAct;
import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.HasAccountKey;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.Outage;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code issuer list}, {@code issuer test NAME} and {@code issuer rotate-key NAME}: the configured CAs. */
@Command(
        name = "issuer",
        description = "Lists and tests the configured CAs, and changes the key by which one knows us.",
        subcommands = {IssuerCommand.ListAll.class, IssuerCommand.Test.class, IssuerCommand.RotateKey.class})
final class IssuerCommand {
    /** A CA and the certificates that ask it. */
    private record Row(Issuer issuer, List<CertificateName> certificates, Optional<Outage> outage) {
        static Row of(Issuer issuer, Wishes wishes, Circuits circuits) throws LifecycleException {
            return new Row(
                    issuer,
                    wishes.list().stream()
                            .filter(wish -> wish.mayComeFrom(issuer.name()))
                            .map(ManagedCertificate::name)
                            .toList(),
                    circuits.findOpen(issuer.name()));
        }

        String reach() {
            return outage.map(Outage::sentence).orElse("");
        }

        String names() {
            return certificates.stream().map(CertificateName::value).collect(Collectors.joining(", "));
        }

        static void write(JsonObject json, Row row) {
            json.put("name", row.issuer.name().value())
                    .put("type", row.issuer.type())
                    .putTexts("certificates", row.certificates)
                    .putIfPresent("outOfReachSince", row.outage.map(Outage::since))
                    .putIfPresent("askedAgainAt", row.outage.map(Outage::until))
                    .putIfPresent("message", row.outage.map(Outage::sentence));
        }
    }

    /** Asks no CA. */
    @Command(name = "list", description = "Lists the configured CAs and which certificates come from them.")
    static final class ListAll implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            Wishes wishes = rooms.wishes();
            List<Row> rows = new ArrayList<>();
            for (Issuer issuer : rooms.issuers().issuers()) {
                rows.add(Row.of(issuer, wishes, rooms.circuits()));
            }
            Table table = Table.of("ISSUER", "TYPE", "CERTIFICATES", "OUT OF REACH");
            rows.forEach(row -> table.row(row.issuer.name(), row.issuer.type(), row.names(), row.reach()));
            screen.answer(Answer.of(table, json -> json.putObjects("issuers", rows, Row::write)));
            return ExitCode.DONE;
        }
    }

    /** Reaches one CA. */
    @Command(
            name = "test",
            description = {
                "Reaches a CA without issuing anything, and says what was found.",
                "One that was out of reach is asked by all certificates again when it answers."
            })
    static final class Test implements CommandBody {
        @Parameters(paramLabel = "NAME", description = "The CA, as the settings name it.")
        private String name = "";

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            Issuer issuer = Named.issuer(rooms, name);
            String found = issuer.test();
            rooms.circuits().reached(issuer.name());
            screen.answer(Answer.of(
                    found,
                    json -> json.put("issuer", issuer.name().value())
                            .put("type", issuer.type())
                            .put("message", found)));
            return ExitCode.DONE;
        }
    }

    /** A new account key at one CA. */
    @Command(
            name = "rotate-key",
            description = {
                "Puts a new key in place of that by which a CA knows our account (ACME).",
                "Killed half-way it is brought to its end by the next request, or by running it again."
            })
    static final class RotateKey implements CommandBody {
        @Parameters(paramLabel = "NAME", description = "The CA, as the settings name it.")
        private String name = "";

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            Issuer issuer = Named.issuer(rooms, name);
            if (!(issuer instanceof HasAccountKey account)) {
                throw new WrongUsage("issuer " + issuer.name() + " (" + issuer.type()
                        + "): has no account key; only CAs of type acme know us by one");
            }
            account.changeAccountKey();
            String done = "issuer " + issuer.name() + ": the account has a new key, the old one opens nothing any more";
            rooms.audit().record(AuditAct.ISSUER_ROTATE_KEY, "issuer " + issuer.name(), done);
            screen.answer(Answer.of(
                    done,
                    json -> json.put("issuer", issuer.name().value())
                            .put("type", issuer.type())
                            .put("message", done)));
            return ExitCode.DONE;
        }
    }
}
