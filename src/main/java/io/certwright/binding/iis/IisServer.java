package io.certwright.binding.iis;

import io.certwright.certificate.DnsName;
import io.certwright.windows.WindowsHost;
import java.util.List;

/**
 * The server that a site is on, as far as binding and proving need it.
 *
 * @param calls does calls there
 * @param address where it is reached from here, a DNS name or an address literal
 * @param names under which its clients ask for the certificate; a handshake is made for each
 */
public record IisServer(WindowsHost calls, String address, List<DnsName> names) {
    public IisServer {
        names = names.stream().filter(name -> !name.isWildcard()).toList();
    }
}
