package io.certwright.wsus;

import java.util.List;

/** The virtual directories of WSUS: five that must require TLS, and four that must not, because content and old clients use http. */
final class VirtualDirectories {
    static final List<String> WITH_TLS = List.of(
            "ApiRemoting30", "ClientWebService", "DssAuthWebService", "ServerSyncWebService", "SimpleAuthWebService");
    static final List<String> WITHOUT_TLS = List.of("Content", "Inventory", "ReportingWebService", "SelfUpdate");

    private VirtualDirectories() {}
}
