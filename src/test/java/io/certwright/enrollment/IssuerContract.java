package io.certwright.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.ChainOrder;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestRequests;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every issuer keeps to, whatever is behind it. Two issuers on one memory are two nodes. */
public abstract class IssuerContract extends IssuerInTrouble {
    /** Public CAs put names in the SAN alone. */
    protected boolean repeatsTheFirstNameAsCommonName() {
        return true;
    }

    /** Whether the CA behind it issues certificates that servers can use. */
    protected boolean issuesForServers() {
        return true;
    }

    private Issuer issuer;

    @BeforeEach
    void connect() throws Exception {
        issuer = node();
    }

    @Test
    void issues_for_the_key_and_the_names_that_were_asked_for() throws Exception {
        EnrollmentRequest request = newRequest();
        IssuedCertificate issued = issued(issuer, request);
        CertificateDetails details = CertificateReader.read(issued.leaf());
        assertThat(details.dnsNames()).containsExactly("wsus.certwright.test", "wsus2.certwright.test");
        if (repeatsTheFirstNameAsCommonName()) {
            assertThat(details.commonName()).contains("wsus.certwright.test");
        }
        assertThat(details.publicKey()).isEqualTo(request.csr().publicKey());
        assertThat(details.hasExtendedKeyUsage(CertificateDetails.SERVER_AUTHENTICATION))
                .isEqualTo(issuesForServers());
        assertThat(details.isCa()).isFalse();
        assertThat(issued.validity().isValidAt(clock.instant())).isTrue();
    }

    @Test
    void what_it_issues_leads_to_one_of_its_anchors() throws Exception {
        IssuedCertificate issued = issued(issuer, newRequest());
        assertThat(pathLeadsTo(issued, issuer.anchors())).isTrue();
        assertThat(pathLeadsTo(
                        issued,
                        List.of(io.certwright.testing.TestCa.root("CN=Stranger", clock.instant())
                                .certificate())))
                .isFalse();
    }

    @Test
    void the_same_intent_asked_twice_gives_one_certificate() throws Exception {
        EnrollmentRequest request = newRequest();
        IssuedCertificate first = issued(issuer, request);
        assertThat(issued(issuer, request)).isEqualTo(first);
        assertThat(issued(node(), request)).isEqualTo(first);
    }

    @Test
    void two_intents_get_two_certificates() throws Exception {
        assertThat(issued(issuer, newRequest())).isNotEqualTo(issued(issuer, newRequest()));
    }

    @Test
    void an_answer_that_was_lost_is_found_again_by_another_node() throws Exception {
        EnrollmentRequest request = newRequest();
        Issuer other = node();
        assertThat(lookedUp(other, request)).isEmpty();
        IssuedCertificate lost = issued(issuer, request);
        assertThat(lookedUp(other, request)).contains(new Issued(lost));
    }

    @Test
    void collecting_gives_what_requesting_gave() throws Exception {
        EnrollmentRequest request = newRequest();
        IssuedCertificate issued = issued(issuer, request);
        assertThat(node().collect(request, new RequestId(request.intent().toString())))
                .isEqualTo(new Issued(issued));
    }

    @Test
    void eight_nodes_asked_at_once_give_one_certificate() throws Exception {
        EnrollmentRequest request = newRequest();
        List<Callable<IssuedCertificate>> nodes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Issuer node = node();
            nodes.add(() -> issued(node, request));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<IssuedCertificate> given = new ArrayList<>();
            for (Future<IssuedCertificate> one : threads.invokeAll(nodes)) {
                given.add(one.get());
            }
            assertThat(given).hasSize(8);
            assertThat(Set.copyOf(given)).hasSize(1);
            assertThat(pathLeadsTo(given.get(0), issuer.anchors())).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void another_key_under_the_same_intent_is_refused() throws Exception {
        EnrollmentRequest request = newRequest();
        issued(issuer, request);
        EnrollmentRequest otherKey = TestRequests.withIntentOf(newRequest(), request);
        assertThatThrownBy(() -> issuer.request(otherKey))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("INTENT_REUSED"))
                .hasMessage("issuer " + issuer.name() + ": got a second key for intent " + request.intent()
                        + " of wsus01, wanted the key of the first; open a new request for a new key");
    }

    @Test
    void testing_it_says_something_and_issues_nothing() throws Exception {
        assertThat(issuer.test()).contains(issuer.name().value());
        assertThat(lookedUp(issuer, newRequest())).isEmpty();
    }

    /** Where the protocol cannot look an answer up, what came is still found in the memory. */
    private Optional<EnrollmentResult> lookedUp(Issuer node, EnrollmentRequest request) throws Exception {
        return node instanceof LooksUpAnswers looking
                ? looking.lookUp(request)
                : new RememberedCertificates(node.name(), memory()).find(request);
    }

    protected IssuedCertificate issued(Issuer node, EnrollmentRequest request) throws Exception {
        EnrollmentResult result = node.request(request);
        if (result instanceof Pending pending) {
            answer(node, request);
            result = node.collect(request, pending.id());
        }
        assertThat(result).isInstanceOf(Issued.class);
        return ((Issued) result).certificate();
    }

    private boolean pathLeadsTo(IssuedCertificate issued, List<X509Certificate> anchors) throws Exception {
        List<X509Certificate> path = ChainOrder.isSelfSigned(issued.leaf())
                ? List.of()
                : issued.chain().certificates();
        if (path.isEmpty()) {
            return anchors.contains(issued.leaf());
        }
        PKIXParameters parameters = new PKIXParameters(
                anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (java.security.cert.CertPathValidatorException leadsNowhere) {
            return false;
        }
    }
}
