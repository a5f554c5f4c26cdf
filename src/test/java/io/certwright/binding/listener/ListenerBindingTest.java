package io.certwright.binding.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.binding.Assignment;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.MemoryAssignments;
import io.certwright.binding.MemoryCertificates;
import io.certwright.binding.ServerBinding;
import io.certwright.binding.ServerBindingContract;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerBindingTest extends ServerBindingContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final MemoryAssignments rows = new MemoryAssignments();
    private final MemoryCertificates certificates = new MemoryCertificates(NOW);
    private final ListenerBinding binding = at("127.0.0.1:8443");

    private ListenerBinding at(String endpoint) {
        return new ListenerBinding(
                Listener.MAIN,
                Endpoint.parse(endpoint),
                rows,
                certificates,
                ListenerFollower.NOBODY_HERE,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    protected ServerBinding binding() {
        return binding;
    }

    @Override
    protected CertificateToBind fresh(String dns) {
        return certificates.issue(dns);
    }

    @Override
    protected Object visible() throws LifecycleException {
        return rows.find(Listener.MAIN).map(Assignment::certificate);
    }

    @Test
    void a_preview_names_both_certificates() throws LifecycleException {
        CertificateToBind old = fresh("old.certwright.test");
        CertificateToBind next = fresh("new.certwright.test");

        assertThat(binding.preview(next))
                .containsExactly("listener main on 127.0.0.1:8443 would serve "
                        + next.certificate().thumbprint() + " which serves nothing now");
        binding.bind(old);
        assertThat(binding.preview(next))
                .containsExactly("listener main on 127.0.0.1:8443 would serve "
                        + next.certificate().thumbprint() + " in place of "
                        + old.certificate().thumbprint());
    }

    @Test
    void refuses_a_certificate_whose_key_is_elsewhere() {
        assertThatThrownBy(() -> binding.bind(certificates.issueWithKeyOnHost("wsus.certwright.test")))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED))
                .hasMessage("listener: the key of wsus01 is on a server and never leaves it, wanted one that is kept"
                        + " here; set key: { origin: service } and issue it again");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:8443, 127.0.0.1:8443",
        "[::]:8443, [0:0:0:0:0:0:0:1]:8443",
        "wsus.certwright.test:8443, wsus.certwright.test:8443"
    })
    void is_proven_where_it_can_be_reached(String listen, String asked) {
        assertThat(at(listen).endpoints()).hasToString("[" + asked + "]");
    }

    @Test
    void names_the_command_that_starts_it() {
        assertThat(at("127.0.0.1:8443").remedyOfSilence())
                .isEqualTo("start the listener there with \"certwright serve\"");
    }
}
