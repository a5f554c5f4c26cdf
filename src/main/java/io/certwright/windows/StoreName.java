package io.certwright.windows;

/** A certificate store of the machine, as {@code Cert:\LocalMachine} and http.sys call it. */
public enum StoreName {
    /** Personal: certificates with keys. Where WSUS and ConfigMgr want theirs. */
    MY("My"),
    /** Intermediate Certification Authorities: what Schannel completes chains from. */
    CA("CA"),
    /** Trusted Root Certification Authorities. */
    ROOT("Root"),
    /** IIS's second store; it serves IIS, but not a software update point. */
    WEB_HOSTING("WebHosting"),
    /** Requests whose certificate has not come yet, each with its key. */
    REQUEST("REQUEST"),
    /** The pins of Windows Update clients. */
    WINDOWS_SERVER_UPDATE_SERVICES("WindowsServerUpdateServices");

    private final String path;

    StoreName(String path) {
        this.path = path;
    }

    /** As Windows writes it. */
    @Override
    public String toString() {
        return path;
    }
}
