package io.certwright.trust;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which machines of a client group have its present package, by their own last reports.
 *
 * @param having expected machines that say so; without a list of expected ones, all that say so
 * @param lacking expected machines whose last report says that something is missing, or speaks of another package
 * @param silent expected machines that never reported
 * @param unknown machines that reported and are not on the list; they count for nothing
 */
public record Coverage(
        Optional<ExpectedClients> expected,
        List<ClientHost> having,
        List<ClientReport> lacking,
        List<ClientHost> silent,
        List<ClientHost> unknown) {
    public static Coverage of(ClientGroup group, PublishedTrust published, Collection<ClientReport> reports) {
        return group.expected().isPresent()
                ? ofExpected(group.expected().get(), published, reports)
                : ofAnybody(published, reports);
    }

    private static Coverage ofAnybody(PublishedTrust published, Collection<ClientReport> reports) {
        List<ClientHost> having = reports.stream()
                .filter(report -> report.confirms(published))
                .map(ClientReport::host)
                .toList();
        List<ClientReport> lacking =
                reports.stream().filter(report -> !report.confirms(published)).toList();
        return new Coverage(Optional.empty(), having, lacking, List.of(), List.of());
    }

    private static Coverage ofExpected(
            ExpectedClients expected, PublishedTrust published, Collection<ClientReport> reports) {
        ExpectedClients.Matching matching = expected.matching();
        Map<ClientHost, ClientReport> last = new HashMap<>();
        List<ClientHost> unknown = new ArrayList<>();
        for (ClientReport report : reports) {
            Optional<ClientHost> host = matching.find(report.host());
            host.ifPresentOrElse(
                    known ->
                            last.merge(known, report, (one, other) -> other.at().isAfter(one.at()) ? other : one),
                    () -> unknown.add(report.host()));
        }
        List<ClientHost> having = new ArrayList<>();
        List<ClientReport> lacking = new ArrayList<>();
        List<ClientHost> silent = new ArrayList<>();
        for (ClientHost host : expected.hosts()) {
            Optional<ClientReport> report = Optional.ofNullable(last.get(host));
            if (report.isEmpty()) {
                silent.add(host);
            } else if (report.get().confirms(published)) {
                having.add(host);
            } else {
                lacking.add(report.get());
            }
        }
        return new Coverage(Optional.of(expected), having, lacking, silent, unknown);
    }

    /** Whether so many have it that the wait is over; never where nobody set a share. */
    public boolean isEnough() {
        return expected.flatMap(ExpectedClients::share)
                .filter(share -> share.isReachedBy(having.size(), hosts()))
                .isPresent();
    }

    /** {@code 61 of 64 expected hosts have it, 95% wanted}. */
    public String sentence() {
        if (expected.isEmpty()) {
            return having.size() + (having.size() == 1 ? " host" : " hosts") + " reported to have it, " + lacking.size()
                    + " that they lack something; without expected-hosts nobody knows how many there are";
        }
        return who() + " have it"
                + expected.get().share().map(share -> ", " + share + " wanted").orElse("");
    }

    /** {@code 61 of 64 expected hosts}. */
    public String who() {
        return having.size() + " of " + hosts() + " expected hosts";
    }

    private int hosts() {
        return expected.map(ExpectedClients::hosts).map(List::size).orElse(0);
    }
}
