package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.doctor.Diagnosis;
import io.certwright.doctor.Finding;
import io.certwright.doctor.Finding.Gravity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private static final List<Diagnosis> DIAGNOSES = List.of(
            new Diagnosis("settings", Diagnosis.State.WELL, "the settings file", List.of()),
            new Diagnosis(
                    "disk",
                    Diagnosis.State.WRONG,
                    "free space",
                    List.of(new Finding(Gravity.WRONG, "folder data\u001b[2J: 1 MB free", "free space on that disk"))),
            new Diagnosis("clock", Diagnosis.State.NOT_LOOKED_AT, "the clock: not looked at", List.of()));

    @Test
    void shows_each_check_with_its_findings_and_their_fixes() {
        assertThat(new DoctorAnswer(DIAGNOSES).lines(false))
                .containsExactly(
                        "ok       the settings file",
                        "wrong    free space",
                        "         folder data\\u001b[2J: 1 MB free",
                        "         fix: free space on that disk",
                        "unknown  the clock: not looked at");
    }

    @Test
    void gives_the_same_to_scripts() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Screen(stream, stream, Terminal.none(), new Screen.Mode(true, false)).answer(new DoctorAnswer(DIAGNOSES));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"healthy\":false,\"checks\":["
                        + "{\"name\":\"settings\",\"state\":\"WELL\",\"message\":\"the settings file\",\"findings\":[]},"
                        + "{\"name\":\"disk\",\"state\":\"WRONG\",\"message\":\"free space\",\"findings\":[{\"severity\":\"WRONG\","
                        + "\"message\":\"folder data\\u001B[2J: 1 MB free\",\"fix\":\"free space on that disk\"}]},"
                        + "{\"name\":\"clock\",\"state\":\"NOT_LOOKED_AT\",\"message\":\"the clock: not looked at\",\"findings\":[]}]}"
                        + System.lineSeparator());
    }
}
