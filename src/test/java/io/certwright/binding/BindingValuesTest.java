package io.certwright.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.Sha256Fingerprint;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingValuesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Sha256Fingerprint LEAF = new Sha256Fingerprint("AB".repeat(32));

    @Test
    void this_machine_is_called_local() {
        assertThat(HostName.LOCAL).isEqualTo(new HostName("local"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-wsus", "wsus 01", "wsus/01"})
    void refuses_a_host_name_that_cannot_stand_in_the_settings(String text) {
        assertThatThrownBy(() -> new HostName(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "host name: got \"" + text
                                + "\", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
    }

    @Test
    void refuses_a_binding_name_that_would_break_a_line() {
        assertThatThrownBy(() -> new BindingName("files:/etc\nrm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "binding name: got \"files:/etc\\u000arm\", wanted 1 to 1000 characters without control characters");
    }

    @Test
    void refuses_a_listener_without_a_name() {
        assertThatThrownBy(() -> new Assignment("", LEAF, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "listener: got name \"\", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
    }

    @Test
    void a_binding_without_a_certificate_shows_none() {
        assertThat(new BoundState(Optional.empty(), "").shows(LEAF)).isFalse();
    }

    @Test
    void a_host_lock_ends_at_its_moment() {
        HostLock lock = new HostLock(HostName.LOCAL, "renewal of wsus01", 1, NOW);

        assertThat(lock.isHeldAt(NOW.minusMillis(1))).isTrue();
        assertThat(lock.isHeldAt(NOW)).isFalse();
    }

    @Test
    void refuses_a_host_lock_without_a_holder() {
        assertThatThrownBy(() -> new HostLock(HostName.LOCAL, " ", 1, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host lock: got holder \" \", wanted who holds it");
    }
}
