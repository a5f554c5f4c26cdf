package io.certwright.benchmark;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateDraft;
import io.certwright.crypto.CertificateSigner;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.Names;
import io.certwright.policy.Expectation;
import io.certwright.policy.PolicyChain;
import io.certwright.policy.Verdict;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a renewal of a P-256 certificate computes, without database and story: key, CSR, the CA's look at it, signature. {@code -t 2} runs
 * it on two threads. Cold, as one command meets it: {@code -wi 0 -i 1 -r 2s}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class IssuingBenchmark {
    private static final SubjectAlternativeNames NAMES = SubjectAlternativeNames.ofDns("wsus.contoso.com");

    private final SecureRandom random = new SecureRandom();
    private final KeyGenerator keys = new KeyGenerator(random);
    private final CsrBuilder requests = new CsrBuilder(random);
    private final PolicyChain policy = PolicyChain.standard();

    private Instant now;
    private CertificateSigner ca;
    private IssuedCertificate issued;
    private Expectation expectation;

    @Setup
    public void prepare() throws Exception {
        now = Instant.parse("2026-11-22T12:00:00Z");
        KeyPair key = keys.generate(KeySpec.P_256);
        X500Principal name = new X500Principal("CN=Benchmark Root");
        ca = new CertificateSigner(name, key.getPublic(), key.getPrivate(), random);
        X509Certificate root = ca.sign(draft(
                name,
                key.getPublic().getEncoded(),
                CertificateDraft.Purpose.ROOT,
                new SubjectAlternativeNames(List.of(), List.of())));
        issued = new IssuedCertificate(CertificateChain.of(keyRequestCheckSign()));
        expectation = Expectation.of(NAMES).withAnchors(List.of(root));
    }

    private CertificateDraft draft(
            X500Principal subject, byte[] key, CertificateDraft.Purpose purpose, SubjectAlternativeNames names) {
        ValidityPeriod validity = new ValidityPeriod(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(90)));
        return new CertificateDraft(subject, validity, key, purpose, names, Optional.empty(), Optional.empty());
    }

    @Benchmark
    public X509Certificate keyRequestCheckSign() throws Exception {
        CertificateSigningRequest request = requests.build(NAMES, keys.generate(KeySpec.P_256));
        Optional<String> fault = CsrReader.faultOf(request);
        if (fault.isPresent()) {
            throw new IllegalStateException(fault.get());
        }
        return ca.sign(draft(Names.principalOf(NAMES), request.publicKey(), CertificateDraft.Purpose.SERVER, NAMES));
    }

    /** All checks of one certificate. */
    @Benchmark
    public Verdict policyChain() {
        return policy.inspect(issued, expectation, now);
    }
}
