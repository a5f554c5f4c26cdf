package io.certwright.windows.simulated;

import io.certwright.windows.HostCall.ServiceState;
import io.certwright.windows.PoolCall.PoolState;
import java.util.List;

/** A server on which WSUS was just installed: its https binding has no certificate, and nothing requires TLS. */
public final class FreshWsus {
    /** What the site is called. */
    public static final String SITE = "WSUS Administration";

    /** The site's number, which WSUS records. */
    public static final int SITE_ID = 1_538_246_577;

    /** The group WSUS Administrators of such a server. */
    public static final String ADMINISTRATORS = "S-1-5-21-1004336348-1177238915-682003330-1007";

    /** The same as registry values of bytes read as text. */
    private static final String ADMINISTRATORS_IN_BYTES =
            "1 5 0 0 0 0 0 5 21 0 0 0 220 244 220 59 131 61 43 70 130 139 166 40 239 3 0 0";

    private static final List<String> APPLICATIONS = List.of(
            "/ApiRemoting30",
            "/ClientWebService",
            "/DssAuthWebService",
            "/ReportingWebService",
            "/ServerSyncWebService",
            "/SimpleAuthWebService");

    private FreshWsus() {}

    /** Installs WSUS, listening on the given ports. */
    public static SimulatedServer on(SimulatedServer server, int http, int https) {
        server.addSite(SITE_ID, SITE);
        server.addBinding(SITE_ID, "http", "*:" + http + ":", 0);
        server.addBinding(SITE_ID, "https", "*:" + https + ":", 0);
        server.addPaths(SITE_ID, APPLICATIONS, List.of("/Content", "/Inventory", "/SelfUpdate"));
        server.putPool("WsusPool", new PoolState(true, "Started", 1000, 20, true, 1_843_200, 1740));
        server.putService("WsusService", new ServiceState(true, "Running", "Automatic"));
        server.putService("W3SVC", new ServiceState(true, "Running", "Automatic"));
        server.putSetupValue("IISTargetWebsiteIndex", "DWord", String.valueOf(SITE_ID));
        server.putSetupValue("PortNumber", "DWord", String.valueOf(http));
        server.putSetupValue("UsingSSL", "DWord", "0");
        server.putSetupValue("ServerCertificateName", "String", "");
        server.putSetupValue("WsusAdministratorsSid", "Binary", ADMINISTRATORS_IN_BYTES);
        server.putSetupValue("SqlServerName", "ExpandString", "MICROSOFT##WID");
        server.putSetupValue("SqlDatabaseName", "String", "SUSDB");
        server.putSetupValue("ContentDir", "String", "C:\\WSUS");
        server.putSetupValue("EnableSelfSignedCertificates", "DWord", "0");
        server.haveAddress("127.0.0.1");
        return server;
    }
}
