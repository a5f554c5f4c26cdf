package io.certwright.windows.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.windows.CallNamesForTests;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on Windows names every call that changes something, every behaviour that nobody proved and every test that rests on one. */
class WindowsPageTest {
    /** They ask a program or a key to do something that leaves the server as it was, and the page says so in words. */
    private static final Set<String> HARMLESS = Set.of("Invoke-CheckHealth", "New-KeySignature");

    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("docs/windows.md"));
    }

    private Set<String> firstCells(String heading) {
        int from = page.indexOf("\n## " + heading);
        int to = page.indexOf("\n## ", from + 4);
        Set<String> names = new TreeSet<>();
        page.substring(from, to)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .forEach(cell -> Pattern.compile("`([^`]+)`")
                        .matcher(cell)
                        .results()
                        .map(found -> found.group(1))
                        .forEach(names::add));
        return names;
    }

    @Test
    void every_change_has_its_row_with_source_and_undo() {
        Set<String> changes = new TreeSet<>(
                CallNamesForTests.functionsThat(call -> !call.getSimpleName().startsWith("Get")));
        changes.removeAll(HARMLESS);

        assertThat(firstCells("What is changed on a server")).isEqualTo(changes);
        assertThat(page).contains(HARMLESS);
    }

    @Test
    void every_unproven_behaviour_and_the_tests_that_rest_on_it_are_listed() {
        Set<String> wanted = new TreeSet<>();
        Arrays.stream(Behaviour.values())
                .filter(each -> !each.isProven())
                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .forEach(wanted::add);
        for (Class<?> tests : List.of(SimulatedServerTest.class, TlsFrontTest.class, DemoServerTest.class)) {
            Arrays.stream(tests.getDeclaredMethods())
                    .filter(WindowsPageTest::isUnproven)
                    .map(test -> tests.getSimpleName() + "." + test.getName())
                    .forEach(wanted::add);
        }

        assertThat(firstCells("The simulated server")).isEqualTo(wanted);
    }

    private static boolean isUnproven(Method test) {
        return Arrays.stream(test.getAnnotationsByType(Tag.class))
                .anyMatch(tag -> tag.value().equals("unproven"));
    }
}
