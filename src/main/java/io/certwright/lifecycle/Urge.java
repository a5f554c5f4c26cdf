package io.certwright.lifecycle;

import io.certwright.audit.AuditAct;
import io.certwright.certificate.CertificateSigningRequest;
import java.util.Optional;

/**
 * How hard a run is asked for. A person's word is never implied: each flag stands for something a person typed.
 *
 * @param force renew though it is not due, and try again what was refused or denied
 * @param acceptUntrustingClients bind before the clients have the trust they need
 * @param bind a person says bind: neither the maintenance window nor an earlier rollback holds it up
 * @param stopWhenStored issue only; binding is another command
 * @param request a CSR that a person brought, with a key that we never see; else we make the key
 */
public record Urge(
        boolean force,
        boolean acceptUntrustingClients,
        boolean bind,
        boolean stopWhenStored,
        Optional<CertificateSigningRequest> request) {
    /** What unattended runs use. */
    public static final Urge NONE = new Urge(false, false, false, false, Optional.empty());

    public static final Urge FORCE = new Urge(true, false, false, false, Optional.empty());

    public static final Urge BIND = new Urge(false, false, true, false, Optional.empty());

    /** {@code issue}: now, and no further than stored. */
    public static final Urge ISSUE_ONLY = new Urge(true, false, false, true, Optional.empty());

    /** What the audit calls it when a person asks like this; empty for what the schedule does by itself. */
    Optional<AuditAct> act() {
        if (stopWhenStored) {
            return Optional.of(AuditAct.ISSUE);
        }
        if (bind) {
            return Optional.of(AuditAct.BIND);
        }
        return force || acceptUntrustingClients ? Optional.of(AuditAct.RENEW) : Optional.empty();
    }

    public Urge andAcceptUntrustingClients() {
        return new Urge(force, true, bind, stopWhenStored, request);
    }

    public Urge with(CertificateSigningRequest brought) {
        return new Urge(force, acceptUntrustingClients, bind, stopWhenStored, Optional.of(brought));
    }
}
