package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.windows.HostCall.ProgramOutput;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A CA of AD CS, through {@code certreq} and {@code certutil} on a host of its domain. The CA is named as they name it:
 * {@code ca01.contoso.com\Contoso Issuing CA}.
 */
public sealed interface AuthorityCall<A extends Record> extends WindowsCall<A> {
    /** What an AD CS template is called within: no display name, nothing that certreq gives a meaning to. */
    Pattern TEMPLATE = Pattern.compile("[\\p{L}\\p{N}._-][\\p{L}\\p{N}._ -]{0,99}");

    /** Host and name of a CA; neither quotes nor a backslash at the end, which Windows PowerShell hands on wrongly. */
    Pattern CONFIG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}\\\\[^\\\\/\"\\p{Cntrl}]{1,128}(?<! )");

    @Override
    default boolean needsNetworkLogon() {
        return true;
    }

    /** By {@code certreq -submit -q}. Each call makes another request at the CA. */
    record SubmitCaRequest(String config, Optional<String> template, String request)
            implements AuthorityCall<AuthorityAnswer> {
        public SubmitCaRequest {
            requireConfig(config);
            template.ifPresent(AuthorityCall::requireTemplate);
            if (request.isBlank() || request.length() > 100_000) {
                throw new IllegalArgumentException(
                        "request: got " + request.length() + " characters, wanted 1 to 100,000 of PEM");
            }
        }

        @Override
        public Duration limit() {
            return Duration.ofMinutes(3);
        }
    }

    /** By {@code certreq -retrieve -q}: what became of a request. Harmless at any time. */
    record ReceiveCaCertificate(String config, long requestId) implements AuthorityCall<AuthorityAnswer> {
        public ReceiveCaCertificate {
            requireConfig(config);
            if (requestId < 1) {
                throw new IllegalArgumentException("request id: got " + requestId + ", wanted a number from 1");
            }
        }

        @Override
        public Duration limit() {
            return Duration.ofMinutes(3);
        }
    }

    /**
     * What certreq said, and the files that it wrote.
     *
     * @param exitCode 0, or an HRESULT; whether a certificate came decides {@code certificate} beside it
     * @param lines on stdout, localized
     * @param certificate Base64 of the file, as certreq wrote it; empty where there is none
     * @param chain Base64 of a PKCS#7 with the CA's certificates; empty where there is none
     */
    record AuthorityAnswer(int exitCode, List<String> lines, String certificate, String chain) {
        public AuthorityAnswer {
            lines = List.copyOf(lines);
        }

        public Optional<byte[]> certificateFile() {
            return fileOf(certificate);
        }

        public Optional<byte[]> chainFile() {
            return fileOf(chain);
        }

        private static Optional<byte[]> fileOf(String base64) {
            return base64.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Base64.getMimeDecoder().decode(base64));
        }
    }

    /** By {@code certutil -ping}: whether the CA takes requests. */
    record GetCaPing(String config) implements AuthorityCall<ProgramOutput> {
        public GetCaPing {
            requireConfig(config);
        }
    }

    /** By {@code certutil -CATemplates}: a line for each template that the CA issues by, its internal name up to the first colon. */
    record GetCaTemplates(String config) implements AuthorityCall<ProgramOutput> {
        public GetCaTemplates {
            requireConfig(config);
        }
    }

    private static void requireConfig(String config) {
        if (!CONFIG.matcher(config).matches()) {
            throw new IllegalArgumentException("ca: got " + Printable.quote(config)
                    + ", wanted host and name of the CA such as ca01.contoso.com\\Contoso Issuing CA");
        }
    }

    private static void requireTemplate(String template) {
        if (!TEMPLATE.matcher(template).matches()) {
            throw new IllegalArgumentException(
                    "template: got " + Printable.quote(template) + ", wanted its internal name such as WebServer");
        }
    }
}
