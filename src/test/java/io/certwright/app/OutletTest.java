package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class OutletTest {
    /** Refuses every byte for one reason. */
    private static final class Refusing extends OutputStream {
        private final String why;

        private Refusing(String why) {
            this.why = why;
        }

        @Override
        public void write(int single) throws IOException {
            throw new IOException(why);
        }
    }

    private static void printThrough(Outlet outlet) {
        PrintStream stream = new PrintStream(outlet, false, StandardCharsets.UTF_8);
        stream.println("one");
        stream.println("two");
        stream.flush();
    }

    @Test
    void passes_everything_on_and_has_no_failure() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        Outlet outlet = new Outlet(target);

        printThrough(outlet);

        assertThat(target.toString(StandardCharsets.UTF_8).lines()).containsExactly("one", "two");
        assertThat(outlet.failure()).isEmpty();
    }

    @Test
    void remembers_that_the_disk_was_full() {
        Outlet outlet = new Outlet(new Refusing("No space left on device"));

        printThrough(outlet);

        assertThat(outlet.failure()).contains("No space left on device");
    }

    @Test
    void a_reader_that_went_away_is_no_failure() {
        Outlet outlet = new Outlet(new Refusing("Broken pipe"));

        printThrough(outlet);

        assertThat(outlet.failure()).isEmpty();
    }
}
