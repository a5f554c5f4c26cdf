package io.certwright.wsus;

import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.trust.ClientGroupName;
import java.util.List;
import java.util.Optional;

/**
 * What a WSUS server is to be: by which name and port clients reach it over TLS, which certificate serves there, and who depends on it.
 *
 * @param sslName the name given to configuressl; among the names of the certificate
 * @param port of https; http is on the port below, or on 80 beside 443
 * @param binding where the story binds the certificate
 * @param consoles hosts from which people administer this server
 * @param downstream servers that take their updates from this one
 * @param point what it is to ConfigMgr; nothing where people use no ConfigMgr
 */
public record WsusServer(
        HostName host,
        DnsName sslName,
        int port,
        CertificateName certificate,
        BindingName binding,
        Optional<ClientGroupName> clients,
        List<HostName> consoles,
        List<WsusServer> downstream,
        Optional<SitePoint> point) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    public WsusServer {
        consoles = List.copyOf(consoles);
        downstream = List.copyOf(downstream);
        if (sslName.isWildcard()) {
            throw new IllegalArgumentException(
                    "got ssl-name " + sslName + ", wanted the one name by which clients reach the server");
        }
    }

    public int httpPort() {
        return port == HTTPS ? HTTP : port - 1;
    }

    /** As clients must have it in WUServer. */
    public String url() {
        return "https://" + sslName + (port == HTTPS ? "" : ":" + port);
    }

    String httpUrl() {
        return "http://" + sslName + (port == HTTPS ? "" : ":" + httpPort());
    }
}
