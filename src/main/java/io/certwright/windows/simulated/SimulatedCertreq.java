package io.certwright.windows.simulated;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.PemCodec;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.AuthorityCall.AuthorityAnswer;
import io.certwright.windows.AuthorityCall.GetCaPing;
import io.certwright.windows.AuthorityCall.GetCaTemplates;
import io.certwright.windows.AuthorityCall.ReceiveCaCertificate;
import io.certwright.windows.AuthorityCall.SubmitCaRequest;
import io.certwright.windows.HostCall.ProgramOutput;
import io.certwright.windows.simulated.SimulatedAuthority.Row;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** certreq and certutil, asking the CAs that this server reaches, in its language. */
final class SimulatedCertreq {
    static final int ACCESS_DENIED = 0x80070005;
    static final int RPC_UNAVAILABLE = 0x800706BA;
    private static final int UNSUPPORTED_TEMPLATE = 0x80094800;
    private static final int TEMPLATE_DENIED = 0x80094012;
    private static final int ADMIN_DENIED = 0x80094014;
    private static final int PROPERTY_EMPTY = 0x80094003;

    private final SimulatedServer server;
    private final Map<String, SimulatedAuthority> authorities = new LinkedHashMap<>();
    private CertreqTrouble trouble = CertreqTrouble.NONE;

    SimulatedCertreq(SimulatedServer server) {
        this.server = server;
    }

    void answer(CallTable table) {
        table.on(SubmitCaRequest.class, this::submit);
        table.on(ReceiveCaCertificate.class, this::retrieve);
        table.on(GetCaPing.class, call -> ping(call.config()));
        table.on(GetCaTemplates.class, call -> templates(call.config()));
    }

    void reach(String config, SimulatedAuthority authority) {
        authorities.put(config, authority);
    }

    void meet(CertreqTrouble next) {
        trouble = next;
    }

    private AuthorityAnswer submit(SubmitCaRequest call) throws WindowsError {
        Optional<Integer> failure = failure(call.config());
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        SimulatedAuthority authority = answering(call.config());
        if (call.template().isPresent()
                && !authority.templates().contains(call.template().get())) {
            return failed(UNSUPPORTED_TEMPLATE);
        }
        int number = authority.submit(parsed(call.request()));
        return told(number, authority.find(number).orElseThrow(), authority, TEMPLATE_DENIED);
    }

    private AuthorityAnswer retrieve(ReceiveCaCertificate call) {
        Optional<Integer> failure = failure(call.config());
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        SimulatedAuthority authority = answering(call.config());
        return authority
                .find(call.requestId())
                .map(row -> told(call.requestId(), row, authority, ADMIN_DENIED))
                .orElseGet(() -> failed(PROPERTY_EMPTY));
    }

    /** One that {@link #failure} found nothing about. */
    private SimulatedAuthority answering(String config) {
        return Objects.requireNonNull(authorities.get(config), config);
    }

    private static CertificateSigningRequest parsed(String pem) throws WindowsError {
        try {
            return CsrReader.parse("request", pem.getBytes(StandardCharsets.US_ASCII));
        } catch (LifecycleException garbage) {
            throw WindowsError.thrown("The request is not a request.");
        }
    }

    private Optional<Integer> failure(String config) {
        if (server.is(Behaviour.LOGS_ON_BY_KEY) && !server.tasks().isSystem()) {
            return Optional.of(ACCESS_DENIED);
        }
        return authorities.containsKey(config) ? trouble.code() : Optional.of(RPC_UNAVAILABLE);
    }

    private AuthorityAnswer told(long number, Row row, SimulatedAuthority authority, int denial) {
        List<String> lines = new ArrayList<>();
        if (trouble != CertreqTrouble.NAMES_NO_REQUEST) {
            lines.add(words("RequestId: ", "Anforderungs-ID: ") + number);
            lines.add(words("RequestId: ", "Anforderungs-ID: ") + '"' + number + '"');
        }
        return switch (row.disposition()) {
            case PENDING -> {
                lines.add(words(
                        "Certificate request is pending: Taken Under Submission (0)",
                        "Die Zertifikatanforderung steht aus: Zur Bearbeitung angenommen (0)"));
                yield new AuthorityAnswer(0, lines, "", "");
            }
            case DENIED -> {
                lines.add(words(
                                "Certificate not issued (Denied) Denied by Policy Module  ",
                                "Zertifikat nicht ausgestellt (Verweigert) Vom Richtlinienmodul verweigert  ")
                        + hex(denial));
                yield new AuthorityAnswer(denial, lines, "", "");
            }
            case ISSUED -> {
                lines.add(
                        words("Certificate retrieved(Issued) Issued", "Zertifikat abgerufen(Ausgestellt) Ausgestellt"));
                yield issued(lines, row.certificate().orElseThrow(), authority);
            }
        };
    }

    private AuthorityAnswer issued(List<String> lines, X509Certificate leaf, SimulatedAuthority authority) {
        return switch (trouble) {
            case WRITES_NO_FILE, NAMES_NO_REQUEST -> new AuthorityAnswer(0, lines, "", "");
            case WRITES_GARBAGE -> new AuthorityAnswer(0, lines, base64("<html>no certificate</html>"), "");
            default -> new AuthorityAnswer(0, lines, base64(PemCodec.certificate(leaf)), chain(leaf, authority));
        };
    }

    private static String chain(X509Certificate leaf, SimulatedAuthority authority) {
        try {
            byte[] pkcs7 = CertificateFactory.getInstance("X.509")
                    .generateCertPath(List.of(leaf, authority.issuing(), authority.root()))
                    .getEncoded("PKCS7");
            return base64(PemCodec.block("CERTIFICATE", pkcs7));
        } catch (CertificateException impossible) {
            throw new IllegalStateException("certificates in memory cannot be encoded", impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private ProgramOutput ping(String config) {
        Optional<Integer> failure = failure(config);
        return failure.isPresent()
                ? new ProgramOutput(failure.get(), failed(failure.get()).lines())
                : new ProgramOutput(0, List.of("Server \"" + config + "\" ICertRequest2 interface is alive (31ms)"));
    }

    private ProgramOutput templates(String config) {
        Optional<Integer> failure = failure(config);
        return failure.isPresent()
                ? new ProgramOutput(failure.get(), failed(failure.get()).lines())
                : new ProgramOutput(
                        0,
                        answering(config).templates().stream()
                                .map(name -> name + ": Display name of " + name + " -- Auto-Enroll: Access is denied.")
                                .toList());
    }

    private AuthorityAnswer failed(int code) {
        String said = code == RPC_UNAVAILABLE
                ? words("The RPC server is unavailable.", "Der RPC-Server ist nicht verfügbar.")
                : code == ACCESS_DENIED
                        ? words("Access is denied.", "Zugriff verweigert")
                        : words("The request was refused.", "Die Anforderung wurde verweigert.");
        return new AuthorityAnswer(
                code, List.of("Certificate Request Processor: " + said + " " + hex(code) + " (" + code + ")"), "", "");
    }

    private String words(String english, String german) {
        return server.is(Behaviour.SPEAKS_GERMAN) ? german : english;
    }

    private static String hex(int code) {
        return String.format("0x%08x", code);
    }
}
