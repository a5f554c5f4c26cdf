package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.failure.code.ErrorCode;
import io.certwright.failure.code.ErrorCodes;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explain CODE…}: what an error code of Windows, WSUS or AD CS means here, why it comes up and what to do. */
@Command(
        name = "explain",
        description = "Says what an error code of Windows, WSUS or AD CS means, why it comes up and what to do.")
final class ExplainCommand implements CommandBody {
    @Parameters(
            arity = "1..*",
            paramLabel = "CODE",
            description = "As it was met: 0x80072F8F, -2147012721, 2147954575, 12175, CERT_E_UNTRUSTEDROOT, 403.4.")
    private List<String> asked = List.of();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) {
        ErrorCodes table = ErrorCodes.standard();
        List<ErrorCode> found = new ArrayList<>();
        for (String each : asked) {
            found.add(table.find(each).orElseThrow(() -> unknown(each)));
        }
        screen.answer(Answer.of(
                found.stream().flatMap(code -> lines(code).stream()).toList(),
                json -> json.putObjects("codes", found, ExplainCommand::write)));
        return ExitCode.DONE;
    }

    private static List<String> lines(ErrorCode code) {
        return List.of(
                code.code() + numbers(code) + "  " + code.name(),
                "  means  " + code.meaning(),
                "  cause  " + code.cause(),
                "  fix    " + code.fix());
    }

    private static String numbers(ErrorCode code) {
        String signed = code.value().map(value -> " = " + value).orElse("");
        return signed + (code.shortCode().isPresent() ? " = " + code.shortCode().getAsInt() : "");
    }

    private static void write(JsonObject json, ErrorCode code) {
        json.put("code", code.code())
                .put("name", code.name())
                .putIfPresent("signed", code.value())
                .putIfPresent("unsigned", code.value().map(Integer::toUnsignedLong));
        if (code.shortCode().isPresent()) {
            json.put("short", code.shortCode().getAsInt());
        }
        json.put("meaning", code.meaning()).put("cause", code.cause()).put("fix", code.fix());
    }

    private static WrongUsage unknown(String asked) {
        String what = "explain: " + Printable.quote(asked);
        return new WrongUsage(
                ErrorCodes.isNumber(asked)
                        ? what
                                + " is not one of the codes of TLS, WSUS and AD CS that Certwright knows; on a Windows machine"
                                + " \"certutil -error CODE\" or \"net helpmsg NUMBER\" says what it means."
                        : what + " is no error code; give one such as 0x80072F8F, -2147012721, 12175,"
                                + " CERT_E_UNTRUSTEDROOT or 403.4.");
    }
}
