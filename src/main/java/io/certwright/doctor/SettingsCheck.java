package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** The settings are sound; without them there is nothing else to look at. */
final class SettingsCheck implements Check {
    @Override
    public String name() {
        return "settings";
    }

    @Override
    public String subject() {
        return "the settings file";
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public String remedy() {
        return "correct the settings file; \"certwright config check\" says when it is sound";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        return vitals.settingsFaults().stream()
                .map(fault -> Finding.wrong(fault, remedy()))
                .toList();
    }
}
