package io.certwright.wsus.logs;

import io.certwright.certificate.DnsName;

/**
 * The WSUS server as ConfigMgr and clients must name it now.
 *
 * @param port of https
 */
public record UpdatePoint(DnsName name, int port) {
    public UpdatePoint {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("update point: got port " + port + ", wanted 1 to 65535");
        }
    }

    /** With the port unless it is 443, as clients must have it. */
    public String url() {
        return "https://" + name + (port == 443 ? "" : ":" + port);
    }
}
