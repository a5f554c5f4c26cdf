package io.certwright.key.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.CsrReader;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestKeys;
import io.certwright.windows.Answers;
import io.certwright.windows.RequestCall.HostRequest;
import io.certwright.windows.RequestCall.NewHostRequest;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that are made on a host, and what comes back instead. */
class HostKeysTest {
    private static final SubjectAlternativeNames NAMES =
            SubjectAlternativeNames.ofDns("wsus01.contoso.com", "wsus.contoso.com");

    private final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("wsus01", 17763, Clock.systemUTC(), new SecureRandom()), 8530, 8531);

    @Test
    void a_key_is_made_there_and_its_request_comes_here() throws Exception {
        HostKeys keys = new HostKeys(server.host());

        CertificateSigningRequest request = keys.make(KeySpec.RSA_2048, NAMES);

        assertThat(CsrReader.namesOf(request)).isEqualTo(NAMES);
        assertThat(server.certificates(StoreName.REQUEST))
                .singleElement()
                .satisfies(waiting ->
                        assertThat(waiting.getPublicKey().getEncoded()).isEqualTo(request.publicKey()));
        assertThat(keys.referenceOf(request)).matches("wsus01 [0-9A-F]{64}");
    }

    @Test
    void the_policy_file_asks_for_a_machine_key_that_cannot_be_exported() {
        assertThat(CertreqInf.of(NAMES, KeySpec.RSA_3072))
                .contains(
                        "Signature=\"$Windows NT$\"",
                        "Subject = \"CN=wsus01.contoso.com\"",
                        "KeyAlgorithm = RSA\r\nKeyLength = 3072\r\n",
                        "KeyUsage = 0xA0",
                        "MachineKeySet = TRUE\r\nExportable = FALSE\r\n",
                        "_continue_ = \"dns=wsus01.contoso.com&\"\r\n_continue_ = \"dns=wsus.contoso.com&\"\r\n");
        assertThat(CertreqInf.of(NAMES, KeySpec.P_256)).contains("KeyAlgorithm = ECDSA_P256\r\n", "KeyUsage = 0x80");
    }

    @Test
    void nothing_is_made_where_the_host_cannot_do_calls() {
        server.with(Behaviour.FILTERS_TOKEN);

        assertThatThrownBy(() -> new HostKeys(server.host()).make(KeySpec.RSA_2048, NAMES))
                .hasMessageContaining("has no administrator's token");
        assertThat(server.called()).containsExactly("Get-HostFacts");
    }

    @Test
    void a_request_that_certreq_did_not_write_is_a_failure() {
        assertThatThrownBy(() -> answering(new HostRequest(0x80090029, "", "The requested operation is not supported."))
                        .make(KeySpec.RSA_2048, NAMES))
                .hasMessage(
                        "host wsus01: certreq -new ended with 0x80090029 and no request, saying \"The requested operation is not"
                                + " supported.\"; certwright explain CODE says more of the number");
    }

    @Test
    void a_request_for_other_names_or_another_key_is_refused() {
        HostRequest other = request(KeySpec.RSA_2048, SubjectAlternativeNames.ofDns("wsus01.contoso.com"));
        assertThatThrownBy(() -> answering(other).make(KeySpec.RSA_2048, NAMES))
                .hasMessage(
                        "host wsus01: its request is for wsus01.contoso.com, wanted wsus01.contoso.com, wsus.contoso.com; make the key"
                                + " here: key: { origin: service }");

        assertThatThrownBy(() -> answering(request(KeySpec.P_256, NAMES)).make(KeySpec.RSA_2048, NAMES))
                .hasMessage(
                        "host wsus01: its key is of kind P-256, wanted RSA-2048; set key to what the host makes, or key: { origin:"
                                + " service }");
    }

    @Test
    void what_is_no_request_is_refused() {
        assertThatThrownBy(() -> answering(new HostRequest(0, "-----BEGIN NONSENSE-----", ""))
                        .make(KeySpec.RSA_2048, NAMES))
                .hasMessage(
                        "host wsus01: what certreq wrote: it is no certificate request; wanted PKCS#10 as PEM or DER");
    }

    private static HostRequest request(KeySpec spec, SubjectAlternativeNames names) {
        byte[] der = new CsrBuilder(new SecureRandom())
                .build(names, TestKeys.shared(spec))
                .der();
        return new HostRequest(
                0,
                "-----BEGIN NEW CERTIFICATE REQUEST-----\r\n"
                        + Base64.getMimeEncoder().encodeToString(der) + "\r\n-----END NEW CERTIFICATE REQUEST-----\r\n",
                "");
    }

    /** A host that is sound but answers certreq in its own way. */
    private HostKeys answering(HostRequest made) {
        WindowsHost sound = server.host();
        return new HostKeys(new WindowsHost() {
            @Override
            public String name() {
                return "wsus01";
            }

            @Override
            public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
                return calls.get(0) instanceof NewHostRequest
                        ? new Answers(calls, new ArrayList<>(List.of(made)))
                        : sound.perform(calls);
            }
        });
    }
}
