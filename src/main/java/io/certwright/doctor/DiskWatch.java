package io.certwright.doctor;

import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Condition;
import io.certwright.alert.ConditionWatch;
import io.certwright.alert.Recipient;
import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells people while a folder that Certwright needs is nearly full, cannot be written or does not answer, and when that is over. */
public final class DiskWatch {
    private final Machine machine;
    private final AlertOutbox outbox;

    public DiskWatch(Machine machine, AlertOutbox outbox) {
        this.machine = machine;
        this.outbox = outbox;
    }

    /** One look; answers how many alerts are new in the outbox. */
    public int pass(List<Path> folders, List<Recipient> to, Instant now) throws LifecycleException {
        List<Condition> present = new ArrayList<>();
        for (Path folder : folders.stream().distinct().toList()) {
            Optional<Finding> finding = FoldersCheck.look(machine, folder);
            finding.ifPresent(found -> present.add(condition(folder, found)));
        }
        return new ConditionWatch(outbox).passLasting(Set.of(AlertKind.DISK_TROUBLE), present, to, now);
    }

    private static Condition condition(Path folder, Finding finding) {
        String name = folder.toString();
        return new Condition(
                "disk",
                AlertKind.DISK_TROUBLE,
                name.substring(Math.max(0, name.length() - 150)),
                "disk: " + finding.sentence(),
                "Certwright writes its database, its log and trust packages there. To mend it: " + finding.fix() + ".",
                "When nothing can be written any more, nothing is renewed and nobody is told. It is looked at again by itself.",
                List.of("certwright doctor"));
    }
}
