package io.certwright.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.AlertSeverity;
import io.certwright.alert.Recipient;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Disks that run full are told of before anything stops. */
final class DiskWatchTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Path DATA = Path.of("/srv/certwright/data");
    private static final Path TRUST = Path.of("/srv/certwright/trust");
    private static final List<Recipient> ANNA = List.of(new Recipient("anna@contoso.com"));

    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private final Patient machine = new Patient();
    private final DiskWatch watch = new DiskWatch(machine, outbox);

    @Test
    void tells_once_of_each_folder_that_is_nearly_full_or_closed() throws LifecycleException {
        machine.free.put(DATA, 120L << 20);
        machine.free.put(TRUST, 9_000L << 20);
        machine.readOnly.add(TRUST);

        assertThat(watch.pass(List.of(DATA, TRUST, DATA), ANNA, NOON)).isEqualTo(2);
        machine.free.put(DATA, 90L << 20);
        assertThat(watch.pass(List.of(DATA, TRUST), ANNA, NOON.plusSeconds(900)))
                .isZero();

        assertThat(outbox.listOpen())
                .extracting(entry -> entry.alert().sentence())
                .containsExactly(
                        "disk: folder " + DATA + ": got 120 MB free, wanted at least 500 MB",
                        "disk: folder " + TRUST + ": cannot be written by this account");
        assertThat(outbox.listOpen().get(0).alert().severity()).isEqualTo(AlertSeverity.URGENT);
    }

    @Test
    void tells_that_there_is_room_again() throws LifecycleException {
        machine.free.put(DATA, 120L << 20);
        var unused = watch.pass(List.of(DATA), ANNA, NOON);
        outbox.delivered(List.of(outbox.listOpen().get(0).id()), NOON);
        machine.free.put(DATA, 9_000L << 20);

        assertThat(watch.pass(List.of(DATA), ANNA, NOON.plusSeconds(900))).isOne();
        assertThat(outbox.listOpen().get(0).alert().sentence()).isEqualTo("disk: is well again");
    }
}
