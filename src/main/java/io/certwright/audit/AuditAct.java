package io.certwright.audit;

import java.util.Locale;

/** What a person did that the schedule would not have done by itself; settings read anew are the service's own act. */
public enum AuditAct {
    ISSUE,
    RENEW,
    BIND,
    ROLLBACK,
    RETIRE,
    REVOKE,
    TRUST_CONFIRM,
    WSUS_APPLY,
    WSUS_UNDO,
    ADOPT,
    KEY_ROTATE,
    ISSUER_ROTATE_KEY,
    SETTINGS_READ;

    /** {@code trust confirm}: as the command is called. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
