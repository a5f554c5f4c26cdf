package io.certwright.cli;

import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Revoking;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code revoke NAME --reason R}. */
@Command(
        name = "revoke",
        description =
                "Tells the CA that the certificate in use is not to be trusted any more; one that is served is replaced first.")
final class RevokeCommand implements CommandBody {
    @Parameters(paramLabel = "NAME", description = "A certificate of the settings, or one issued by hand.")
    private String name = "";

    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "Why, in the words of RFC 5280; without one the words are listed.")
    private String reason = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        RevocationReason why = parsed();
        ManagedCertificate wish = Wanted.anywhere(rooms, name);
        StoryTeller teller = new StoryTeller(screen, rooms.clock());
        Revoking.Revoked revoked = rooms.story().revoking().revoke(wish, why, teller);
        List<String> lines = new ArrayList<>();
        lines.add(wish.name() + "  revoked "
                + revoked.certificate().certificate().thumbprint().abbreviated() + "…, serial "
                + revoked.certificate().certificate().serial() + ", reason " + why);
        revoked.replacement().map(RenewalOutcome::sentence).ifPresent(lines::add);
        screen.answer(Answer.of(
                lines,
                json -> json.putObjects("certificates", List.of(revoked), (each, one) -> {
                    each.put("name", wish.name().value());
                    CertificateFields.certificate(
                            each, one.certificate().certificate(), rooms.clock().instant());
                    each.put("reason", why.toString());
                    one.replacement()
                            .ifPresent(outcome ->
                                    each.put("lastOutcome", outcome.word()).put("message", outcome.sentence()));
                })));
        return ExitCode.DONE;
    }

    private RevocationReason parsed() {
        if (reason.isEmpty()) {
            throw new WrongUsage("revoke " + name + ": --reason is missing; give one of " + RevocationReason.list()
                    + " (RFC 5280, 5.3.1)");
        }
        try {
            return RevocationReason.parse(reason);
        } catch (IllegalArgumentException unknown) {
            throw new WrongUsage(String.valueOf(unknown.getMessage()));
        }
    }
}
