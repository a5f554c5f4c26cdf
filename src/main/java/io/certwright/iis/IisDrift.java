package io.certwright.iis;

/**
 * One place where a server is not as it should be, which a renewal does not touch.
 *
 * @param code for scripts
 * @param port the port that it concerns; 0 for the whole server
 * @param sentence what is there, and what comes of it
 * @param fix what an administrator does about it
 */
public record IisDrift(Code code, int port, String sentence, String fix) {
    /** Whether it concerns what is served on a port. */
    public boolean concerns(int wanted) {
        return port == wanted || port == 0;
    }

    /** What can be wrong between IIS and http.sys, and with what changes them. */
    public enum Code {
        /** An entry for one address wins over the bindings that IIS shows. */
        STRAY_ENTRY,
        /** An entry of IIS that no binding of a site refers to. */
        ORPHANED_ENTRY,
        /** A binding with a certificate for which http.sys has no entry. */
        ENTRY_MISSING,
        /** IIS names another certificate than http.sys serves. */
        ENTRY_DIFFERS,
        /** The entry that a binding uses was made by another program than IIS. */
        FOREIGN_ENTRY,
        /** The certificate is in another store than Personal. */
        OTHER_STORE,
        /** Bindings of several sites share one entry, and so one certificate. */
        SHARED_ENTRY,
        /** The binding takes its certificate from the central certificate store. */
        CENTRAL_STORE,
        /** A task of IIS binds a renewed certificate by itself. */
        AUTOMATIC_REBIND
    }
}
