package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.TakesAnswer;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class IssueCommandTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private StoryBench bench;
    private BenchHouse house;

    @BeforeEach
    void setUp() throws LifecycleException {
        bench = new StoryBench(DATABASE);
        house = new BenchHouse(bench, DATABASE);
    }

    @Test
    void ends_when_stored_and_says_the_next_command() throws LifecycleException {
        bench.wishInForce();

        Run run = house.run("issue", "wsus01");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .endsWith(
                        "wsus01  waiting: issued and stored by hand, not bound; \"certwright bind wsus01\" goes on\n");
        assertThat(bench.web.journal()).isEmpty();

        assertThat(house.run("bind", "wsus01").exit()).isZero();
        assertThat(bench.web.journal()).hasSize(1);
        assertThat(bench.issuer.asked()).hasSize(1);
    }

    @Test
    void goes_on_to_bind_and_prove() throws LifecycleException {
        bench.wishInForce();

        Run run = house.run("issue", "wsus01", "--bind");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("wsus01  renewed: ", "web.contoso.com:443 presents the new certificate");
        assertThat(bench.open()).isEmpty();
    }

    @Test
    void writes_the_files_of_an_ad_hoc_certificate() throws IOException {
        Path out = folder.resolve("files");

        Run run = house.run(
                "issue",
                "--dns",
                "a.contoso.com",
                "--dns",
                "b.contoso.com",
                "--ip",
                "10.1.2.3",
                "--issuer",
                "lab",
                "--key",
                "p-256",
                "--out",
                out.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .endsWith("  " + out.resolve("key.pem") + "\n  " + out.resolve("cert.pem") + "\n  "
                        + out.resolve("chain.pem") + "\n  " + out.resolve("fullchain.pem") + "\n");
        assertThat(Files.readString(out.resolve("key.pem"))).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(Files.readString(out.resolve("fullchain.pem")))
                .isEqualTo(Files.readString(out.resolve("cert.pem")) + Files.readString(out.resolve("chain.pem")));
        if (Files.getFileStore(out).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("key.pem"))))
                    .isEqualTo("rw-------");
        }
        assertThat(house.run("list").out()).contains("a.contoso.com  a.contoso.com +2  lab");
    }

    @Test
    void overwrites_no_file_and_asks_no_ca_then() throws IOException {
        Files.writeString(folder.resolve("cert.pem"), "mine");

        Run run = house.run("issue", "--dns", "a.contoso.com", "--issuer", "lab", "--out", folder.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "certwright: --out \"" + folder
                                + "\": cert.pem is there already and is not overwritten; name another folder or move it away\n");
        assertThat(folder.resolve("cert.pem")).hasContent("mine");
        assertThat(bench.issuer.asked()).isEmpty();
    }

    @Test
    void certifies_the_key_of_a_request_that_was_brought() throws IOException, LifecycleException {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        Path csr = Files.writeString(
                folder.resolve("server.csr"),
                PemCodec.request(
                        new CsrBuilder(new SecureRandom()).build(SubjectAlternativeNames.ofDns("c.contoso.com"), key)));
        Path out = folder.resolve("out");

        Run run = house.run("issue", "--csr", csr.toString(), "--issuer", "lab", "--out", out.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out()).endsWith("  no key file: the key stays where the request was made\n");
        assertThat(out.resolve("key.pem")).doesNotExist();
        assertThat(bench.stored()
                        .certificates()
                        .findInUse(CertificateName.of("c.contoso.com"))
                        .orElseThrow()
                        .certificate()
                        .leaf()
                        .getPublicKey())
                .isEqualTo(key.getPublic());
    }

    @Test
    void another_request_for_the_same_names_takes_the_place_of_the_first() throws IOException, LifecycleException {
        bench.issuer.then(ScriptedIssuer.pending("1", Duration.ofHours(1), "taken under submission"));
        KeyPair second = TestKeys.fresh(KeySpec.P_256);
        CsrBuilder builder = new CsrBuilder(new SecureRandom());
        SubjectAlternativeNames names = SubjectAlternativeNames.ofDns("c.contoso.com");
        Path one = Files.writeString(
                folder.resolve("1.csr"), PemCodec.request(builder.build(names, TestKeys.fresh(KeySpec.P_256))));
        Path two = Files.writeString(folder.resolve("2.csr"), PemCodec.request(builder.build(names, second)));

        assertThat(house.run("issue", "--csr", one.toString(), "--issuer", "lab", "--out", folder.toString())
                        .exit())
                .isEqualTo(6);
        assertThat(house.run("issue", "--csr", two.toString(), "--issuer", "lab", "--out", folder.toString())
                        .exit())
                .isZero();
        assertThat(bench.issuer.signed().get(0).certificate().leaf().getPublicKey())
                .isEqualTo(second.getPublic());
    }

    @Test
    void takes_the_answer_of_people_and_goes_on() throws IOException {
        PeoplesCa people = new PeoplesCa(bench.ca, bench.clock);
        bench.add(people);
        String out = folder.resolve("out").toString();
        Run asked = house.run("issue", "--dns", "d.contoso.com", "--issuer", "people", "--key", "P-256", "--out", out);
        assertThat(asked.exit()).isEqualTo(6);
        Path answer = Files.writeString(folder.resolve("answer.pem"), "the certificate");

        Run run = house.run("issue", "d.contoso.com", "--answer", answer.toString(), "--out", out);

        assertThat(run.exit()).isZero();
        assertThat(people.taken.get()).isEqualTo("the certificate");
        assertThat(Path.of(out, "fullchain.pem")).exists();
    }

    @Test
    void refuses_an_answer_that_nobody_waits_for() throws IOException {
        bench.wishInForce();
        Path answer = Files.writeString(folder.resolve("answer.pem"), "x");

        Run run = house.run("issue", "wsus01", "--answer", answer.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "certwright: certificate wsus01: no request waits for an answer; \"certwright issue wsus01\" makes one\n");
    }

    @Test
    void says_what_does_not_fit_together() throws IOException {
        bench.wishInForce();
        String noRequest = Files.writeString(folder.resolve("no.csr"), "hello").toString();

        assertThat(house.run("issue").err())
                .isEqualTo(
                        "certwright: issue: got nothing to issue, wanted one of NAME, --dns with --issuer, or --csr with --issuer\n");
        assertThat(house.run("issue", "--dns", "a.contoso.com").err())
                .isEqualTo("certwright: issue: --issuer is missing; the settings have lab\n");
        assertThat(house.run("issue", "--dns", "a.contoso.com", "--issuer", "lba")
                        .err())
                .isEqualTo("certwright: issue: got issuer \"lba\", did you mean \"lab\"?\n");
        assertThat(house.run("issue", "--dns", "a b", "--issuer", "lab").exit()).isEqualTo(2);
        assertThat(house.run("issue", "--csr", folder + "/none", "--issuer", "lab")
                        .err())
                .isEqualTo("certwright: --csr \"" + folder + "/none\": it is not there; check the path\n");
        assertThat(house.run("issue", "--csr", noRequest, "--issuer", "lab").err())
                .isEqualTo("certwright: --csr \"" + noRequest
                        + "\": it is no certificate request; wanted PKCS#10 as PEM or DER\n");
        assertThat(house.run("issue", "--dns", "a.contoso.com", "--issuer", "lab", "--bind")
                        .err())
                .isEqualTo(
                        "certwright: issue: --bind is for certificates of the settings; this one is bound nowhere\n");
        assertThat(bench.issuer.asked()).isEmpty();
    }

    /** A CA that issues once a file was brought, whatever is in it. */
    private static final class PeoplesCa extends ScriptedIssuer implements TakesAnswer {
        private final AtomicReference<String> taken = new AtomicReference<>("");
        private Optional<EnrollmentResult> answer = Optional.empty();

        PeoplesCa(TestCa ca, Clock clock) {
            super("people", ca, clock);
            then(pending("1", Duration.ofHours(1), "waiting for a person"));
        }

        @Override
        public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
            return answer.isPresent() ? answer.get() : super.collect(request, id);
        }

        @Override
        public void accept(EnrollmentRequest request, byte[] file) throws LifecycleException {
            taken.set(new String(file, StandardCharsets.UTF_8));
            answer = Optional.of((Issued) issues().to(request));
        }
    }
}
