package io.certwright.enrollment.certreq;

import io.certwright.enrollment.IssuerName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What certreq and certutil may say, opened for fuzzing. */
public final class FuzzedCertreq {
    private static final CertreqFailures FAILURES = new CertreqFailures(new IssuerName("corp-ca"), "ca01\\Contoso CA");
    private static final int[] ENDS = {0, 0x80094800, 2, 0x800706BA, 1};

    private FuzzedCertreq() {}

    /** The first byte chooses how it ended, the rest is what it said. Asks that everything that it is asked. */
    public static List<String> read(byte[] input) {
        if (input.length == 0) {
            return List.of();
        }
        String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        CertreqSaid said = new CertreqSaid(ENDS[Math.floorMod(input[0], ENDS.length)], List.of(text.split("\n", -1)));
        return List.of(
                "number " + said.requestId(),
                "denied " + said.isDenial() + said.isUnknownRequest() + said.wasCertainlyNotAsked(),
                "words " + said.words() + said.explained() + " " + said.end(),
                FAILURES.of(said).getMessage(),
                FAILURES.notAnswering(said).getMessage(),
                FAILURES.noSuchTemplate("WebServer", said.lines()).getMessage());
    }
}
