package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.Issuer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code issuer list} and {@code issuer test NAME}: the configured CAs. */
@Command(
        name = "issuer",
        description = "Lists and tests the configured CAs.",
        subcommands = {IssuerCommand.ListAll.class, IssuerCommand.Test.class})
final class IssuerCommand {
    /** A CA and the certificates that ask it. */
    private record Row(Issuer issuer, List<CertificateName> certificates) {
        static Row of(Issuer issuer, Wishes wishes) {
            return new Row(
                    issuer,
                    wishes.list().stream()
                            .filter(wish -> wish.issuer().equals(issuer.name()))
                            .map(ManagedCertificate::name)
                            .toList());
        }

        String names() {
            return certificates.stream().map(CertificateName::value).collect(Collectors.joining(", "));
        }

        static void write(JsonObject json, Row row) {
            json.put("name", row.issuer.name().value())
                    .put("type", row.issuer.type())
                    .putTexts("certificates", row.certificates);
        }
    }

    /** Asks no CA. */
    @Command(name = "list", description = "Lists the configured CAs and which certificates come from them.")
    static final class ListAll implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            Wishes wishes = rooms.wishes();
            List<Row> rows = rooms.issuers().issuers().stream()
                    .map(issuer -> Row.of(issuer, wishes))
                    .toList();
            Table table = Table.of("ISSUER", "TYPE", "CERTIFICATES");
            rows.forEach(row -> table.row(row.issuer.name(), row.issuer.type(), row.names()));
            screen.answer(Answer.of(table, json -> json.putObjects("issuers", rows, Row::write)));
            return ExitCode.DONE;
        }
    }

    /** Reaches one CA. */
    @Command(name = "test", description = "Reaches a CA without issuing anything, and says what was found.")
    static final class Test implements CommandBody {
        @Parameters(paramLabel = "NAME", description = "The CA, as the settings name it.")
        private String name = "";

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            Issuer issuer = Named.issuer(rooms, name);
            String found = issuer.test();
            screen.answer(Answer.of(
                    found,
                    json -> json.put("issuer", issuer.name().value())
                            .put("type", issuer.type())
                            .put("message", found)));
            return ExitCode.DONE;
        }
    }
}
