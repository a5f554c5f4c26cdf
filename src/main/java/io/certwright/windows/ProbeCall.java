package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.StoreCall.CertificateInStore;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** What an endpoint shows when it is asked from the host itself. */
public sealed interface ProbeCall<A extends Record> extends WindowsCall<A> {
    /**
     * One TLS handshake, whatever the certificate.
     *
     * @param serverName sent as SNI; none is sent where it is left out
     */
    record GetPresentedCertificate(String address, int port, Optional<String> serverName)
            implements ProbeCall<Presented> {
        public GetPresentedCertificate {
            WindowsCall.requireText("address", address);
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port: got " + port + ", wanted 1 to 65535");
            }
        }
    }

    /** The leaf that was shown (Base64 of its DER), and whether the host itself trusts it for that name. */
    record Presented(Thumbprint thumbprint, String der, String protocol, String trustErrors) {
        public X509Certificate certificate() throws LifecycleException {
            return new CertificateInStore(thumbprint, "", false, der).certificate();
        }
    }

    /** One GET from the host, with the host's trust. */
    record GetWebAnswer(String url) implements ProbeCall<WebAnswer> {
        public GetWebAnswer {
            if (!url.startsWith("https://") && !url.startsWith("http://")) {
                throw new IllegalArgumentException(
                        "URL: got " + Printable.quote(url) + ", wanted https://… or http://…");
            }
            WindowsCall.requireText("URL", url);
        }
    }

    /** The status, also of a refusal; the first 2,000 characters of what came with it. */
    record WebAnswer(int status, String text) {}
}
