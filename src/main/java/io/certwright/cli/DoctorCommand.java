package io.certwright.cli;

import io.certwright.doctor.Diagnosis;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code doctor}: is all well around us, and what mends what is not. */
@Command(
        name = "doctor",
        description =
                "Looks over settings, database, clock, keys, CAs, mail and disk, and says what mends what is wrong.")
final class DoctorCommand implements CommandBody {
    @Override
    public ExitCode run(Screen screen, Rooms rooms) {
        screen.progress("looking");
        List<Diagnosis> diagnoses = rooms.doctor().examine();
        screen.answer(new DoctorAnswer(diagnoses));
        return diagnoses.stream().anyMatch(Diagnosis::isTrouble) ? ExitCode.FINDINGS : ExitCode.DONE;
    }
}
