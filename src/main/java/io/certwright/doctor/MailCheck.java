package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** People can be told. */
final class MailCheck implements Check {
    @Override
    public String name() {
        return "mail";
    }

    @Override
    public String subject() {
        return "the mail server";
    }

    @Override
    public List<String> needs() {
        return List.of("settings");
    }

    @Override
    public String remedy() {
        return "correct alerts.mail in the settings or the server, then \"certwright alerts test --to ADDRESS\"";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        return vitals.reachMailServer().isPresent()
                ? List.of()
                : List.of(
                        Finding.warning(
                                "mail: the settings name no mail server, so nobody hears when a certificate needs a person",
                                "add alerts.mail with smtp and from, and alerts.to, then \"certwright alerts test --to ADDRESS\""));
    }
}
