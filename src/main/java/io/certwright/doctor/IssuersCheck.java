package io.certwright.doctor;

import io.certwright.enrollment.Issuer;
import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;

/** Every CA answers, and is set up so that clients accept what it issues. */
final class IssuersCheck implements Check {
    @Override
    public String name() {
        return "issuers";
    }

    @Override
    public String subject() {
        return "the CAs";
    }

    @Override
    public List<String> needs() {
        return List.of("settings", "database", "master-key");
    }

    @Override
    public String remedy() {
        return "correct issuers in the settings";
    }

    @Override
    public List<Finding> look(Vitals vitals) throws LifecycleException {
        List<Finding> findings = new ArrayList<>();
        for (Issuer issuer : vitals.issuers()) {
            String again = "then \"certwright issuer test " + issuer.name() + "\"";
            try {
                issuer.test();
            } catch (LifecycleException failure) {
                findings.add(Finding.wrong(
                        failure.getMessage(),
                        "make the CA answer or correct issuers." + issuer.name() + " in the settings, " + again));
            }
            issuer.warnings()
                    .forEach(warning -> findings.add(Finding.warning(
                            warning, "correct issuers." + issuer.name() + " in the settings, " + again)));
        }
        return findings;
    }
}
