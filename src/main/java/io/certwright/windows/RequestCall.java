package io.certwright.windows;

import io.certwright.windows.HostCall.ProgramOutput;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** Keys that are made on the host and never leave it, through {@code certreq}. */
public sealed interface RequestCall<A extends Record> extends WindowsCall<A> {
    /**
     * Makes a key and a request for it by {@code certreq -new}. Each call makes another key: look into the store
     * {@link StoreName#REQUEST} first.
     *
     * @param inf the text of certreq's .inf file
     */
    record NewHostRequest(String inf) implements RequestCall<HostRequest> {
        public NewHostRequest {
            if (inf.isBlank() || inf.length() > 100_000) {
                throw new IllegalArgumentException(
                        "certreq .inf: got " + inf.length() + " characters, wanted 1 to 100,000; ask for fewer names");
            }
        }

        @Override
        public Duration limit() {
            return Duration.ofMinutes(3);
        }
    }

    /**
     * What certreq made of a new request.
     *
     * @param exitCode of certreq
     * @param request the request as certreq wrote it (PEM), empty where it wrote none
     * @param said what certreq said on stdout, localized
     */
    record HostRequest(int exitCode, String request, String said) {}

    /** Joins a certificate with its key by {@code certreq -accept}, which puts it into LocalMachine\My. */
    record InstallHostCertificate(X509Certificate certificate) implements RequestCall<ProgramOutput> {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(3);
        }
    }
}
