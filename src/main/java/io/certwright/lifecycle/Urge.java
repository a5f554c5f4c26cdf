package io.certwright.lifecycle;

/**
 * How hard a run is asked for. A person's word is never implied: each flag stands for something a person typed.
 *
 * @param force renew though it is not due, and try again what was refused or denied
 * @param acceptUntrustingClients bind before the clients have the trust they need
 * @param bind a person says bind: neither the maintenance window nor an earlier rollback holds it up
 * @param stopWhenStored issue only; binding is another command
 */
public record Urge(boolean force, boolean acceptUntrustingClients, boolean bind, boolean stopWhenStored) {
    /** What unattended runs use. */
    public static final Urge NONE = new Urge(false, false, false, false);

    public static final Urge FORCE = new Urge(true, false, false, false);

    public static final Urge BIND = new Urge(false, false, true, false);

    /** {@code issue}: now, and no further than stored. */
    public static final Urge ISSUE_ONLY = new Urge(true, false, false, true);

    public Urge andAcceptUntrustingClients() {
        return new Urge(force, true, bind, stopWhenStored);
    }
}
