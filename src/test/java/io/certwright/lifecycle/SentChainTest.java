package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateChain;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentChainTest {
    private final TestCa root = TestCa.root("CN=Test Root", StoryBench.START);
    private final TestCa issuing = root.intermediate("CN=Test Issuing");
    private final X509Certificate leaf = issuing.leaf("wsus.contoso.com").certificate();
    private final CertificateChain expected = CertificateChain.of(leaf, issuing.certificate());

    @Test
    void what_the_ca_gave_is_complete_with_the_root_or_without_and_in_any_order() {
        assertThat(SentChain.missing(expected, expected)).isEmpty();
        assertThat(SentChain.missing(expected, CertificateChain.of(leaf, root.certificate(), issuing.certificate())))
                .isEmpty();
    }

    @Test
    void a_leaf_alone_lacks_its_intermediates() {
        assertThat(SentChain.missing(expected, CertificateChain.of(leaf))).isEqualTo(List.of(issuing.certificate()));
    }

    @Test
    void another_authority_of_the_same_name_does_not_stand_in() {
        TestCa other = root.intermediate("CN=Test Issuing");

        assertThat(SentChain.missing(expected, CertificateChain.of(leaf, other.certificate())))
                .isEqualTo(List.of(issuing.certificate()));
    }

    @Test
    void a_leaf_of_a_root_needs_nothing_else() {
        X509Certificate direct = root.leaf("wsus.contoso.com").certificate();

        assertThat(SentChain.missing(CertificateChain.of(direct), CertificateChain.of(direct)))
                .isEmpty();
    }
}
