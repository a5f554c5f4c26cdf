package io.certwright.iis;

import io.certwright.certificate.Thumbprint;
import java.util.Optional;

/**
 * An http or https binding of a site, as the configuration of IIS has it.
 *
 * @param protocol {@code http} or {@code https}
 * @param certificate what IIS says is bound; empty where nothing is, as in a fresh WSUS site, and for http
 * @param store the machine store that the certificate is in; {@code My} where IIS names none
 */
public record Binding(
        String protocol, BindingInformation at, SslFlags flags, Optional<Thumbprint> certificate, String store) {
    public static final String PERSONAL_STORE = "My";

    public Binding {
        store = store.isBlank() ? PERSONAL_STORE : store;
    }

    public static Binding http(String information) {
        return new Binding(
                "http", BindingInformation.parse(information), SslFlags.NONE, Optional.empty(), PERSONAL_STORE);
    }

    public boolean isHttps() {
        return protocol.equalsIgnoreCase("https");
    }

    /** The entry of http.sys that decides which certificate this https binding serves. */
    public HttpSysKey key() {
        return HttpSysKey.of(at, flags);
    }

    @Override
    public String toString() {
        return protocol + ' ' + at;
    }
}
