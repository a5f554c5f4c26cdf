package io.certwright.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.Printable;
import io.certwright.windows.ChallengeCall.GetChallengeAnswers;
import io.certwright.windows.ChallengeCall.RemoveChallengeAnswer;
import io.certwright.windows.ChallengeCall.SetChallengeAnswer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No token that a CA could send, and no setting, leads out of the folder for answers. */
class ChallengeCallTest {
    private static final String ROOT = "C:\\inetpub\\wwwroot";
    private static final String TOKEN = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";
    private static final String THUMBPRINT = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "NUL",
                "COM1",
                "web.config",
                "..\\..\\web.config............",
                "../../web.config............",
                "evaGxfADs6pSRb2LAv9IZf17/..",
                "evaGxfADs6pSRb2LAv9IZf17\\x",
                "evaGxfADs6pSRb2LAv9IZf17.aspx",
                "evaGxfADs6pSRb2LAv9IZf17:stream",
                "evaGxfADs6pSRb2LAv9IZf17 ",
                "evaGxfADs6pSRb2LAv9IZf17\n",
                "evaGxfADs6pSRb2LAv9IZf17\u0000",
                "evaGxfADs6pSRb2LAv9IZf17*",
                "evaGxfADs6pSRb2LAv9IZf17é",
                "$(Remove-Item C:\\ -Recurse)",
                "evaGxfADs6pSRb2LAv9IZ"
            })
    void a_token_that_names_more_than_a_file_is_refused(String token) {
        String sentence = "token: got " + Printable.quote(token) + ", wanted 22 to 128 characters of base64url";
        assertThatThrownBy(() -> new SetChallengeAnswer(ROOT, token, token + "." + THUMBPRINT))
                .hasMessage(sentence);
        assertThatThrownBy(() -> new RemoveChallengeAnswer(ROOT, token)).hasMessage(sentence);
    }

    @Test
    void a_token_longer_than_a_path_may_be_is_refused() {
        assertThat(new RemoveChallengeAnswer(ROOT, "a".repeat(128)).token()).hasSize(128);
        assertThatThrownBy(() -> new RemoveChallengeAnswer(ROOT, "a".repeat(129)))
                .hasMessageEndingWith("wanted 22 to 128 characters of base64url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", TOKEN, TOKEN + ".", THUMBPRINT + "." + THUMBPRINT, TOKEN + "." + THUMBPRINT + "<%"})
    void what_is_written_is_the_token_and_a_thumbprint_and_nothing_else(String text) {
        assertThatThrownBy(() -> new SetChallengeAnswer(ROOT, TOKEN, text))
                .hasMessage("answer: got " + Printable.quote(text)
                        + ", wanted the token, a dot and a thumbprint in base64url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C:",
                "C:\\",
                "inetpub\\wwwroot",
                "\\inetpub\\wwwroot",
                "\\\\server\\share\\web",
                "\\\\?\\C:\\inetpub",
                "C:/inetpub/wwwroot",
                "C:\\inetpub\\..\\Windows",
                "C:\\inetpub\\.\\wwwroot",
                "C:\\inetpub\\\\wwwroot",
                "C:\\inetpub \\wwwroot",
                "C:\\inetpub.",
                "C:\\inetpub:stream",
                "C:\\inet*",
                "%SystemDrive%\\inetpub\\wwwroot",
                "HKLM:\\SOFTWARE\\Certwright",
                "C:\\inetpub\n",
                "C:\\inetpub\\\u0000"
            })
    void a_web_root_is_a_folder_on_a_drive(String root) {
        assertThatThrownBy(() -> new GetChallengeAnswers(root))
                .hasMessage("got " + Printable.quote(root)
                        + ", wanted a folder on a drive of that host, of at most 100 characters, such as"
                        + " C:\\inetpub\\wwwroot");
    }

    @ParameterizedTest
    @ValueSource(strings = {ROOT, "d:\\Web Sites\\[intern] 1\\", "D:\\.web\\Größe"})
    void folders_that_people_have_are_taken(String root) {
        assertThat(new GetChallengeAnswers(root).webRoot()).isEqualTo(root);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_is_taken_stays_one_name_in_the_folder(long seed) {
        Random random = new Random(seed);
        String alphabet = "Aa0-_./\\:*$ \n%~";
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder token = new StringBuilder("x".repeat(random.nextInt(30)));
            for (int added = random.nextInt(4); added > 0; added--) {
                token.insert(random.nextInt(token.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                String name = new RemoveChallengeAnswer(ROOT, token.toString()).token();
                assertThat(name).matches("[A-Za-z0-9_-]+").hasSizeGreaterThan(21);
                taken++;
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("token: got ");
            }
        }
        assertThat(taken).isBetween(100, 1_900);
    }
}
