package io.certwright.windows.simulated;

/**
 * What a simulated server does in one way or another. Each rests on what is written about Windows; the page on Windows lists which of
 * them nobody could prove without one.
 */
public enum Behaviour {
    /** Binding a certificate drops every flag of the binding but SNI and the central store. */
    LOSES_SSL_FLAGS(false, "general knowledge about netsh update; not seen with AddSslCertificate"),
    /** The server sends the leaf alone, whatever stands in its store of intermediates. */
    SENDS_LEAF_ALONE(true, "documented: Schannel keeps sending a chain that it remembers"),
    /** IIS's own task that rebinds renewed certificates is there and active. */
    HAS_REBIND_TASK(true, "documented since IIS 8.5"),
    /** netsh speaks German. */
    SPEAKS_GERMAN(false, "netsh is localized; the German words are not taken from a server"),
    /** netsh knows {@code json=enable}. */
    NETSH_KNOWS_JSON(false, "documented; names and the first build that has it vary"),
    /** The section that requires TLS is locked. */
    LOCKS_ACCESS_SECTION(true, "documented for writes below applicationHost.config"),
    /** {@code configuressl} leaves the recorded port at the one of plain HTTP. */
    KEEPS_RECORDED_PORT(false, "reported of many servers"),
    /** Our account has no administrator's token: reads answer, changes are denied. */
    FILTERS_TOKEN(true, "documented for UAC"),
    /** Our logon, by an SSH key, carries no credentials for other machines. */
    LOGS_ON_BY_KEY(true, "documented for Windows' OpenSSH server"),
    /** A policy keeps tasks from running script files. */
    FORBIDS_TASK_SCRIPTS(true, "documented for execution policies of Group Policy"),
    /** PowerShell runs as a 32-bit process. */
    RUNS_32_BIT(false, "general knowledge: IIS's configuration is redirected"),
    /** PowerShell runs in Constrained Language Mode. */
    CONSTRAINS_LANGUAGE(true, "seen with a real engine"),
    /** The module WebAdministration is not installed. */
    LACKS_WEB_ADMINISTRATION(true, "documented"),
    /** WSUS does not let our account in, though it is a local administrator's. */
    LOCKS_OUT_OF_WSUS(true, "documented: its API is for WSUS Administrators and local Administrators"),
    /** The module UpdateServices is not installed. */
    LACKS_UPDATE_SERVICES(true, "documented"),
    /** A profile prints into the answer. */
    PRINTS_PROFILE(true, "seen with a real engine");

    private final boolean proven;
    private final String source;

    Behaviour(boolean proven, String source) {
        this.proven = proven;
        this.source = source;
    }

    /** Whether a public source states it or somebody saw it; otherwise only a Windows server can. */
    public boolean isProven() {
        return proven;
    }

    /** What it rests on. */
    public String source() {
        return source;
    }
}
