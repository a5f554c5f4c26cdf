package io.certwright.enrollment.scep;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the page may send on which NDES gives passwords, opened for fuzzing. */
public final class FuzzedChallengePage {
    private FuzzedChallengePage() {}

    public static List<byte[]> pages() {
        String password = "7B0C3C6F1F4B2D19";
        return List.of(
                TestChallengePage.ENGLISH.replace("%s", password).getBytes(StandardCharsets.UTF_16LE),
                TestChallengePage.GERMAN.replace("%s", password).getBytes(StandardCharsets.UTF_8),
                "<p>The <b>password cache</b> is full.</p>".getBytes(StandardCharsets.UTF_8),
                "<style>p {x}</style><b>0A1B2C3D4E5F60718293A4B5C6D7E8F9</b><!-- 12345678 -->"
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Asks the input everything that a page is asked; what is shown of it never holds the password. */
    public static List<String> read(byte[] input) {
        ChallengePage page = ChallengePage.of(input);
        String words = page.wordsForPeople();
        page.password().map(found -> new String(found.reveal())).ifPresent(password -> {
            if (words.contains(password)) {
                throw new AssertionError("a page shows its password: " + words);
            }
        });
        return List.of("words " + words, "full " + page.saysThatItHasNone(), page.toString());
    }
}
