package io.certwright.windows.service;

/** As whom the service runs. Both need no password. */
public enum ServiceAccount {
    /** Few rights here, none elsewhere: enough where every managed host is another machine. */
    LOCAL_SERVICE("NT AUTHORITY\\LocalService", "S-1-5-19"),
    /** An administrator of this machine: needed to change its own stores and IIS. */
    LOCAL_SYSTEM("LocalSystem", "S-1-5-18");

    private final String name;
    private final String sid;

    ServiceAccount(String name, String sid) {
        this.name = name;
        this.sid = sid;
    }

    /** As the service manager knows it, in any language of Windows. */
    public String accountName() {
        return name;
    }

    /** As access lists know it, in any language of Windows. */
    String sid() {
        return sid;
    }
}
