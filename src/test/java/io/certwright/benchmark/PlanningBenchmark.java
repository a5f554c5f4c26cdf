package io.certwright.benchmark;

import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.iis.Binding;
import io.certwright.iis.BindingInformation;
import io.certwright.iis.BindingPlan;
import io.certwright.iis.HttpSysTable;
import io.certwright.iis.IisFacts;
import io.certwright.iis.Site;
import io.certwright.iis.SslFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/** A server of 5,000 sites with 10 https bindings each: reading its table, and planning a new certificate for all of its bindings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class PlanningBenchmark {
    private static final int SITES = 5_000;
    private static final int BINDINGS = 10;
    private static final Thumbprint OLD = new Thumbprint("A".repeat(40));
    private static final Thumbprint NEW = new Thumbprint("B".repeat(40));

    private final List<Site> sites = new ArrayList<>();
    private String printed = "";
    private HttpSysTable table = new HttpSysTable(List.of());

    @Setup
    public void fill() {
        StringBuilder text = new StringBuilder("\nSSL Certificate bindings:\n-------------------------\n\n");
        for (int i = 0; i < SITES; i++) {
            List<Binding> bindings = new ArrayList<>();
            for (int j = 0; j < BINDINGS; j++) {
                String name = "n" + j + ".site" + i + ".contoso.com";
                bindings.add(new Binding(
                        "https", BindingInformation.parse("*:443:" + name), new SslFlags(1), Optional.of(OLD), "My"));
                text.append("    Hostname:port                : " + name + ":443\n    Certificate Hash             : "
                        + OLD.hex() + "\n    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}\n"
                        + "    Certificate Store Name       : My\n    Usage Check                  : Enabled\n\n");
            }
            sites.add(new Site(i + 1, "site " + i, true, bindings));
        }
        printed = text.toString();
        table = HttpSysTable.parse(printed);
    }

    @Benchmark
    public HttpSysTable readTheTable() {
        return HttpSysTable.parse(printed);
    }

    @Benchmark
    public int planEverySite() throws LifecycleException {
        IisFacts facts = new IisFacts("web01", sites, table);
        int changes = 0;
        for (Site site : sites) {
            changes += BindingPlan.of(facts, site.name(), 443, NEW).sentences().size();
        }
        return changes;
    }
}
