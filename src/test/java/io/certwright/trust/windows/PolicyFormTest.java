package io.certwright.trust.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.UpdateServer;
import io.certwright.trust.UpdateSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyFormTest {
    private static final String UPDATES = "Software\\Policies\\Microsoft\\Windows\\WindowsUpdate";

    private static ClientGroup group(boolean pinning, UpdateSource updates) {
        return new ClientGroup(
                ClientGroupName.of("clients"),
                pinning,
                Duration.ofDays(14),
                Duration.ofDays(30),
                List.of(),
                "out",
                updates,
                Optional.empty());
    }

    private static UpdateSource at(String url) {
        return new UpdateSource(Optional.of(UpdateServer.parse(url)), List.of());
    }

    private static Map<String, byte[]> files(ClientGroup group) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        new PolicyForm().files(TrustBundle.empty(group)).forEach(file -> files.put(file.name(), file.content()));
        return files;
    }

    @Test
    void the_policy_file_of_the_vector_comes_out_byte_for_byte() {
        byte[] policy = PolicyForm.encode(List.of(
                RegistryValue.text(UPDATES, "WUServer", "https://wsus.test:8531"),
                RegistryValue.number(UPDATES + "\\AU", "UseWUServer", 1)));

        assertThat(policy).hasSize(346);
        assertThat(Sha256Fingerprint.ofDer(policy).hex().toLowerCase(Locale.ROOT))
                .isEqualTo("9ceebe2e1815a4fa38d7714ee5f1a1b61f77aa3bde73d385aa6c24a12f618767");
    }

    @Test
    void the_policy_file_with_a_root_of_the_vector_comes_out_byte_for_byte() {
        byte[] policy = PolicyForm.encode(List.of(RegistryValue.binary(
                "Software\\Policies\\Microsoft\\SystemCertificates\\Root\\Certificates\\DB4470852B2D62816765FCF936A3444D15184183",
                "Blob",
                StoreElements.blob(Vector.certificate()))));

        assertThat(policy).hasSize(682);
        assertThat(Sha256Fingerprint.ofDer(policy).hex().toLowerCase(Locale.ROOT))
                .isEqualTo("0ba6c77dda37a818c54565ff712e1e6e993ffa426e29fede32516ea1877df11d");
    }

    @Test
    void the_registry_file_says_where_to_scan_and_that_pins_count() {
        String text = new String(
                files(group(true, at("https://wsus.contoso.com:8531"))).get("policy.reg"), StandardCharsets.UTF_16LE);

        assertThat(text)
                .isEqualTo("\uFEFFWindows Registry Editor Version 5.00\r\n\r\n"
                        + "[HKEY_LOCAL_MACHINE\\" + UPDATES
                        + "]\r\n\"WUServer\"=\"https://wsus.contoso.com:8531\"\r\n\r\n"
                        + "[HKEY_LOCAL_MACHINE\\" + UPDATES
                        + "]\r\n\"WUStatusServer\"=\"https://wsus.contoso.com:8531\"\r\n\r\n"
                        + "[HKEY_LOCAL_MACHINE\\" + UPDATES + "\\AU]\r\n\"UseWUServer\"=dword:00000001\r\n\r\n"
                        + "[HKEY_LOCAL_MACHINE\\" + UPDATES
                        + "]\r\n\"DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection\"=dword:00000000\r\n\r\n");
    }

    @Test
    void local_updates_are_taken_only_where_somebody_signs_them() {
        UpdateSource signed =
                new UpdateSource(Optional.empty(), List.of(TrustCertificates.updateSigner("WSUS Publishers")));

        assertThat(PolicyValues.of(group(false, signed)))
                .extracting(RegistryValue::name, RegistryValue::shown)
                .containsExactly(tuple("AcceptTrustedPublisherCerts", "1"));
    }

    @Test
    void the_emergency_and_its_end_are_there_for_clients_that_pin_alone() {
        Map<String, byte[]> pinning = files(group(true, UpdateSource.UNKNOWN));

        assertThat(new String(pinning.get("emergency.reg"), StandardCharsets.UTF_16LE))
                .contains("Detection\"=dword:00000001");
        assertThat(new String(pinning.get("emergency-over.reg"), StandardCharsets.UTF_16LE))
                .contains("Detection\"=dword:00000000");
        assertThat(files(group(false, UpdateSource.UNKNOWN))).isEmpty();
    }
}
