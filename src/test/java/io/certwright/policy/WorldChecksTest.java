package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.IssuerNotFetched;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorldChecksTest {
    private static final String LEAF = "certificate CN=wsus.certwright.test (#): ";
    private static final Instant SINCE = Instant.parse("2026-11-20T08:00:00Z");

    private final IssuedCertificate issued = leaf().issue();

    private List<String> seeing(Observation... seen) {
        return told(issued, wanting().withObservations(List.of(seen)), NOW);
    }

    @Test
    void accepts_what_is_not_revoked_and_resolves() {
        assertThat(seeing(
                        new NotRevoked(issued.sha256(), NOW.plusSeconds(3600), NOW),
                        new Resolved(DnsName.parse(NAME), List.of(IpAddress.parse("10.0.0.1")), NOW)))
                .isEmpty();
    }

    @Test
    void refuses_a_revoked_leaf_or_issuing_ca() {
        assertThat(seeing(new Revoked(issued.sha256(), "keyCompromise", SINCE, NOW)))
                .containsExactly(
                        "ERROR REVOKED: " + LEAF
                                + "revoked since 2026-11-20T08:00:00Z for the reason keyCompromise, wanted one that is not revoked");
        assertThat(seeing(new Revoked(Sha256Fingerprint.of(ISSUING.certificate()), "superseded", SINCE, NOW)))
                .containsExactly(
                        "ERROR REVOKED: certificate CN=Test Issuing (#): revoked since 2026-11-20T08:00:00Z for the "
                                + "reason superseded, wanted one that is not revoked");
    }

    @Test
    void ignores_what_was_seen_of_other_certificates() {
        assertThat(seeing(new Revoked(Sha256Fingerprint.ofDer(new byte[] {1}), "keyCompromise", SINCE, NOW)))
                .isEmpty();
    }

    @Test
    void warns_where_nobody_knows_whether_it_is_revoked() {
        assertThat(seeing(new RevocationUnknown(
                        issued.sha256(), "http://pki.certwright.test/ca.crl did not answer in 5 s", NOW)))
                .containsExactly("WARNING REVOCATION_UNKNOWN: " + LEAF + "nobody could say whether it is revoked, "
                        + "http://pki.certwright.test/ca.crl did not answer in 5 s");
    }

    @Test
    void warns_where_the_issuer_is_not_where_the_certificate_says() {
        assertThat(seeing(new IssuerNotFetched(
                        issued.sha256(), "http://pki.certwright.test/ca.crt answers with HTTP status 404", NOW)))
                .containsExactly("WARNING ISSUER_NOT_FETCHED: " + LEAF
                        + "the certificate of its issuer cannot be fetched where it says, "
                        + "http://pki.certwright.test/ca.crt answers with HTTP status 404");
    }

    @Test
    void warns_of_a_name_that_dns_does_not_know() {
        assertThat(seeing(new Resolved(DnsName.parse(NAME), List.of(), NOW)))
                .containsExactly("WARNING NAME_NOT_RESOLVED: " + LEAF
                        + "the name wsus.certwright.test does not exist in DNS, wanted an address");
    }
}
