package io.certwright.policy;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.testing.TestCa;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All checks on a usual chain, beside the chains that cost the most that the limits let a chain cost. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class PathBuildingBenchmark {
    private final PolicyChain checks = PolicyChain.standard();
    private final IssuedCertificate usual = Bench.leaf().issue();
    private final IssuedCertificate crowd = sixCasThatSignEachOther();
    private final IssuedCertificate lookAlikes = twiceFifteenLookAlikes();

    /** Leaf, issuing CA, root. */
    @Benchmark
    public Verdict usualChain() {
        return judge(usual);
    }

    /** Thirty certificates, nearly two thousand ways, none to the anchor: cut short at a thousand steps. */
    @Benchmark
    public Verdict sixCasThatAllSignEachOtherAndNoWayOut() {
        return judge(crowd);
    }

    /** Two levels of fifteen certificates of the same name and key, all expired: a hundred candidates are judged. */
    @Benchmark
    public Verdict hundredCandidatesNoneOfThemFit() {
        return judge(lookAlikes);
    }

    private Verdict judge(IssuedCertificate certificate) {
        return checks.inspect(certificate, Bench.wanting(), Bench.NOW);
    }

    private static IssuedCertificate sixCasThatSignEachOther() {
        List<TestCa> cas = IntStream.range(0, 6)
                .mapToObj(i -> TestCa.root("CN=Cross " + i, Bench.NOW))
                .toList();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(cas.get(0).leaf(Bench.NAME).certificate());
        for (TestCa signer : cas) {
            for (TestCa signed : cas) {
                if (signer != signed) {
                    String name = signed.certificate().getSubjectX500Principal().getName();
                    chain.add(
                            signer.intermediateDraft(name).key(signed.keyPair()).certificate());
                }
            }
        }
        return new IssuedCertificate(new CertificateChain(chain));
    }

    private static IssuedCertificate twiceFifteenLookAlikes() {
        TestCa upper = expired(Bench.ROOT, "CN=Upper", Bench.ROOT.intermediate("CN=Upper"));
        TestCa lower = expired(upper, "CN=Lower", upper.intermediate("CN=Lower"));
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(lower.leaf(Bench.NAME).certificate());
        for (int i = 0; i < 15; i++) {
            chain.add(expired(upper, "CN=Lower", lower).certificate());
            chain.add(expired(Bench.ROOT, "CN=Upper", upper).certificate());
        }
        return new IssuedCertificate(new CertificateChain(chain));
    }

    private static TestCa expired(TestCa signer, String name, TestCa likeThis) {
        return signer.intermediateDraft(name)
                .key(likeThis.keyPair())
                .validFor(java.time.Duration.ofDays(-90), java.time.Duration.ofDays(-1))
                .asCa();
    }
}
