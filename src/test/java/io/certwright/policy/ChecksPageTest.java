package io.certwright.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds {@code docs/checks.md} against the code. */
final class ChecksPageTest {
    private static final Pattern ENTRY = Pattern.compile("(?ms)^## ([A-Z_]+)$\n(.*?)(?=^## |\\z)");

    private final String page = Files.readString(Path.of("docs", "checks.md"));

    ChecksPageTest() throws IOException {}

    @Test
    void has_one_entry_for_each_code_in_the_order_of_the_code() {
        List<String> entries =
                ENTRY.matcher(page).results().map(found -> found.group(1)).toList();

        assertThat(entries)
                .isEqualTo(Arrays.stream(ViolationCode.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource(ViolationCode.class)
    void says_what_why_source_example_severity_and_the_fix_of_the_code(ViolationCode code) {
        String entry = ENTRY.matcher(page)
                .results()
                .filter(found -> found.group(1).equals(code.name()))
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();

        assertThat(entry)
                .contains(word(code.severityIn(Profile.PUBLIC)) + " in public, "
                        + word(code.severityIn(Profile.PRIVATE)).toLowerCase(Locale.ROOT) + " in private.")
                .containsPattern("(?m)^- \\*\\*What:\\*\\* .+\\.$")
                .containsPattern("(?m)^- \\*\\*Why:\\*\\* .+\\.$")
                .containsPattern("(?m)^- \\*\\*Source:\\*\\* .+\\.$")
                .containsPattern("(?m)^- \\*\\*Example:\\*\\* .+\\.$")
                .contains("- **Fix:** " + code.fix() + "\n");
    }

    private static String word(Severity severity) {
        return severity == Severity.ERROR ? "Error" : "Warning";
    }
}
