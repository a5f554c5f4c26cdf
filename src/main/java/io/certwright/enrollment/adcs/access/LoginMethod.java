package io.certwright.enrollment.adcs.access;

/** How we show IIS, or the service behind it, who we are. */
public enum LoginMethod {
    /** User and password with each request (RFC 7617). */
    BASIC("Basic"),
    /** NTLMv2 with user and password, for the connection (MS-NLMP, MS-NTHT). */
    NTLM("NTLM"),
    /** Tickets of a domain (RFC 4559), by password, keytab or those of the account that runs Certwright. */
    KERBEROS("Kerberos"),
    /** The certificate shown in TLS. */
    CERTIFICATE("the client certificate"),
    /** User and password within the SOAP message (WS-Security UsernameToken). */
    USER_NAME("user name");

    private final String shown;

    LoginMethod(String shown) {
        this.shown = shown;
    }

    String shown() {
        return shown;
    }
}
