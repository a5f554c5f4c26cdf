package io.certwright.cli;

import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.discovery.FoundBinding;
import io.certwright.discovery.ScannedHost;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of what is bound where and who looks after it, then each drift with its fix. */
record ScanAnswer(List<ScannedHost> scanned, Map<HostName, LifecycleException> failed, Instant now) implements Answer {
    private static final int LONGEST = 2_000;

    ScanAnswer {
        scanned = List.copyOf(scanned);
        failed = new LinkedHashMap<>(failed);
    }

    @Override
    public List<String> lines(boolean colours) {
        Table table = Table.of("HOST", "SITE", "BINDING", "CERTIFICATE", "ENDS IN", "MANAGED AS");
        for (ScannedHost host : scanned) {
            host.bindings().forEach(found -> row(table, found));
        }
        List<String> lines = new ArrayList<>();
        if (!table.isEmpty()) {
            lines.addAll(table.lines(colours));
        } else if (failed.isEmpty()) {
            lines.add("no https binding found");
        }
        for (ScannedHost host : scanned) {
            host.drift().forEach(drift -> {
                lines.add(host.host() + "  " + drift.code() + ": " + Printable.escape(drift.sentence(), LONGEST));
                lines.add("  fix: " + Printable.escape(drift.fix(), LONGEST));
            });
        }
        failed.forEach(
                (host, why) -> lines.add(host + "  not looked at: " + Printable.escape(why.getMessage(), LONGEST)));
        return lines;
    }

    private void row(Table table, FoundBinding found) {
        table.row(
                found.host(),
                found.site(),
                found.binding().at(),
                found.leaf()
                        .map(leaf -> Thumbprint.of(leaf).abbreviated() + "…")
                        .orElse("none"),
                found.leaf().map(this::ends).orElse(""),
                found.managedBy()
                        .map(CertificateName::value)
                        .orElse(found.leaf().isEmpty() ? "" : "nobody: " + advice(found)));
    }

    /** What is bound in one more place than the settings say would keep the old certificate there. */
    private static String advice(FoundBinding found) {
        return found.knownAs()
                .map(known -> "it is of " + known + ", but this place is not; add it under bind of " + known)
                .orElse("certwright adopt " + found.host() + ":" + found.port());
    }

    private String ends(X509Certificate leaf) {
        Duration left = Duration.between(now, ValidityPeriod.of(leaf).notAfter());
        return left.isNegative() ? "expired" : left.toDays() + "d";
    }

    @Override
    public void write(JsonObject json) {
        json.putObjects(
                        "hosts",
                        scanned,
                        (object, host) -> object.put("host", host.host().value())
                                .putObjects("bindings", host.bindings(), ScanAnswer::write)
                                .putObjects(
                                        "drift",
                                        host.drift(),
                                        (each, drift) -> each.put("code", drift.code())
                                                .put("message", drift.sentence())
                                                .put("fix", drift.fix())))
                .putObjects(
                        "failed",
                        failed.entrySet(),
                        (object, each) -> object.put("host", each.getKey().value())
                                .put("code", each.getValue().code())
                                .put("message", each.getValue().getMessage()));
    }

    private static void write(JsonObject json, FoundBinding found) {
        json.put("site", found.site())
                .put("binding", found.binding().at().toString())
                .put("sslFlags", found.binding().flags().bits())
                .putIfPresent("thumbprint", found.leaf().map(Thumbprint::of))
                .putIfPresent(
                        "notAfter",
                        found.leaf().map(leaf -> ValidityPeriod.of(leaf).notAfter()))
                .putIfPresent("managedBy", found.managedBy())
                .putIfPresent("knownAs", found.knownAs());
    }
}
