package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code retire NAME}: takes the old certificate and its pin away. */
@Command(
        name = "retire",
        description =
                "Takes predecessors that are bound nowhere, and their pins, away now; the service does it when the overlap is over.")
final class RetireCommand implements CommandBody {
    @Parameters(paramLabel = "NAME", description = "A certificate of the settings.")
    private String name = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        ManagedCertificate wish = Wanted.inSettings(rooms, name);
        List<StoredCertificate> retired = rooms.story().retiring().retireNow(wish);
        Stream<String> lines = retired.isEmpty()
                ? Stream.of(wish.name() + "  nothing to retire: no predecessor is left that is bound nowhere")
                : retired.stream()
                        .map(old -> wish.name() + "  retired "
                                + old.certificate().thumbprint().abbreviated() + "…, valid until "
                                + LocalTimes.here()
                                        .moment(old.certificate().validity().notAfter()));
        screen.answer(Answer.of(
                lines.toList(),
                json -> json.putObjects("certificates", retired, (each, old) -> {
                    each.put("name", old.name().value());
                    CertificateFields.certificate(
                            each, old.certificate(), rooms.clock().instant());
                })));
        return ExitCode.DONE;
    }
}
