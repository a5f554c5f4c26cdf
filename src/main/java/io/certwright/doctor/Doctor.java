package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks over everything once, in an order in which a cause comes before what follows from it. */
public final class Doctor {
    private static final List<Check> CHECKS = List.of(
            new SettingsCheck(),
            new FoldersCheck(),
            new ListenersCheck(),
            new DatabaseCheck(),
            new ClockCheck(),
            new MasterKeyCheck(),
            new IssuersCheck(),
            new NamesCheck(),
            new HostsCheck(),
            new MailCheck(),
            new OutboxCheck(),
            new HeartbeatCheck(),
            new RenewalsCheck());

    private final Vitals vitals;

    public Doctor(Vitals vitals) {
        this.vitals = vitals;
    }

    /** One diagnosis for each check, in their order. Never fails: that something cannot be looked at is a diagnosis. */
    public List<Diagnosis> examine() {
        List<Diagnosis> diagnoses = new ArrayList<>();
        Set<String> troubled = new HashSet<>();
        for (Check check : CHECKS) {
            Diagnosis diagnosis = examine(check, troubled);
            diagnoses.add(diagnosis);
            if (diagnosis.isTrouble()) {
                troubled.add(check.name());
            }
        }
        return diagnoses;
    }

    private Diagnosis examine(Check check, Set<String> troubled) {
        Optional<String> missing =
                check.needs().stream().filter(troubled::contains).findFirst();
        if (missing.isPresent()) {
            return Diagnosis.notLookedAt(check, missing.get());
        }
        try {
            return Diagnosis.of(check, check.look(vitals));
        } catch (LifecycleException failure) {
            return Diagnosis.of(check, List.of(Finding.wrong(failure.getMessage(), check.remedy())));
        }
    }
}
