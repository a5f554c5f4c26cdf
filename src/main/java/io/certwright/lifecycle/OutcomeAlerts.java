package io.certwright.lifecycle;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.policy.Violation;
import io.certwright.trust.PinEnforcement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people are told of an outcome: one alert each, in whole sentences. That it runs out is {@code ExpiryWatch}'s business. */
final class OutcomeAlerts {
    /** A wait that ends by itself is told when it takes longer than planned. */
    static final Duration LONG_WAIT = Duration.ofDays(2);

    /** Nothing for what went well or only waits as planned. */
    List<Alert> of(RenewalRun run, RenewalOutcome outcome, Optional<StoredCertificate> predecessor) {
        List<Alert> alerts = new ArrayList<>();
        about(run, outcome).map(words -> words.at(run, predecessor)).ifPresent(alerts::add);
        inNeed(run).map(words -> words.at(run, predecessor)).ifPresent(alerts::add);
        run.hurry().map(why -> hurried(run, why).at(run, predecessor)).ifPresent(alerts::add);
        return alerts;
    }

    private record Words(
            AlertKind kind, String stage, String sentence, String happened, String next, List<String> commands) {
        Alert at(RenewalRun run, Optional<StoredCertificate> predecessor) {
            String thumbprint =
                    predecessor.map(old -> old.certificate().thumbprint().hex()).orElse("");
            AlertKey key = new AlertKey(run.name().value(), thumbprint, kind, stage);
            return Alert.of(key, sentence, happened, next + ends(predecessor), commands, run.now());
        }

        private static String ends(Optional<StoredCertificate> predecessor) {
            return predecessor
                    .map(old -> " The certificate in use ends at "
                            + old.certificate().validity().notAfter() + ".")
                    .orElse(" There is no certificate in use.");
        }
    }

    private Optional<Words> about(RenewalRun run, RenewalOutcome outcome) {
        if (outcome instanceof RenewalOutcome.Failed failed) {
            return Optional.of(failed(run, failed));
        }
        if (outcome instanceof RenewalOutcome.Rejected rejected) {
            return Optional.of(rejected(run, rejected));
        }
        if (outcome instanceof RenewalOutcome.DeniedByCa denied) {
            return Optional.of(denied(run, denied));
        }
        if (outcome instanceof RenewalOutcome.RolledBack back) {
            return Optional.of(rolledBack(run, back));
        }
        if (outcome instanceof RenewalOutcome.RestoreFailed lost) {
            return Optional.of(restoreFailed(run, lost));
        }
        if (outcome instanceof RenewalOutcome.Renewed renewed
                && !renewed.proof().lacking().isEmpty()) {
            return Optional.of(chainNotSent(run, renewed));
        }
        return outcome instanceof RenewalOutcome.Waiting waiting ? waiting(run, waiting.hold()) : Optional.empty();
    }

    /** The second issuer was asked: people look after the first, and after what it may have issued. */
    private static Optional<Words> inNeed(RenewalRun run) {
        IssuerName asked = run.facts().issuer();
        IssuerName first = run.wish().issuer();
        if (asked.equals(first)) {
            return Optional.empty();
        }
        return Optional.of(new Words(
                AlertKind.FALLBACK_ISSUER,
                stage(run),
                run.name() + ": issuer " + asked + " is asked, because " + first + " is out of reach",
                "Issuer " + first + " was out of reach when the certificate in use neared its end, so issuer " + asked
                        + ", its fallback, was asked. The history of the certificate says what " + first
                        + " may have issued.",
                "What " + asked + " gives goes into use as any other certificate; the next renewal asks " + first
                        + " again.",
                List.of("certwright show " + run.name(), "certwright issuer test " + first)));
    }

    private static Words failed(RenewalRun run, RenewalOutcome.Failed failed) {
        return new Words(
                AlertKind.RENEWAL_FAILED,
                stage(run),
                run.name() + ": renewal failed: " + failed.sentence(),
                failed.sentence(),
                "It is tried again by itself, more often as the end nears.",
                List.of("certwright why " + run.name(), "certwright renew " + run.name()));
    }

    private static Words rejected(RenewalRun run, RenewalOutcome.Rejected rejected) {
        String fixes =
                rejected.violations().stream().map(Violation::fix).distinct().collect(Collectors.joining("\n"));
        return new Words(
                AlertKind.REJECTED,
                stage(run),
                run.name() + ": the CA's certificate was refused by our checks",
                rejected.sentence() + "\n" + fixes,
                "It was not installed, and nothing is tried again until the settings change or you say so.",
                List.of("certwright show " + run.name(), "certwright renew " + run.name() + " --force"));
    }

    private static Words denied(RenewalRun run, RenewalOutcome.DeniedByCa denied) {
        return new Words(
                AlertKind.DENIED,
                stage(run),
                run.name() + ": the CA denied the request: " + denied.words(),
                run.facts().issuer() + " said: " + denied.words(),
                "Nothing is tried again until the settings change or you say so.",
                List.of(
                        "certwright issuer test " + run.facts().issuer(),
                        "certwright renew " + run.name() + " --force"));
    }

    private static Words rolledBack(RenewalRun run, RenewalOutcome.RolledBack back) {
        return new Words(
                AlertKind.ROLLED_BACK,
                stage(run),
                run.name() + ": rolled back to the previous certificate",
                back.sentence(),
                "The previous certificate serves again, proven by a handshake. The new one is kept and not bound again by itself.",
                List.of("certwright show " + run.name(), "certwright bind " + run.name()));
    }

    private static Words restoreFailed(RenewalRun run, RenewalOutcome.RestoreFailed lost) {
        return new Words(
                AlertKind.RESTORE_FAILED,
                stage(run),
                run.name() + ": act now, the new certificate is not proven and the previous one is not restored",
                lost.sentence(),
                "Nothing more is changed by itself.",
                List.of(
                        "certwright show " + run.name(),
                        "certwright probe HOST:PORT",
                        "certwright bind " + run.name()));
    }

    private static Words chainNotSent(RenewalRun run, RenewalOutcome.Renewed renewed) {
        return new Words(
                AlertKind.CHAIN_NOT_SENT,
                stage(run),
                run.name() + ": the new certificate serves, but is sent without its intermediates",
                String.join("\n", renewed.proof().lacking()),
                "The certificate stays: going back would not mend it. On Windows, put the intermediates into Intermediate"
                        + " Certification Authorities of Local Computer, then \"appcmd renew binding /oldcert:T /newcert:T\" with"
                        + " the thumbprint bound now, or restart the machine: Windows may send a chain that it remembers.",
                List.of("certwright show " + run.name(), "certwright probe HOST:PORT"));
    }

    private Optional<Words> waiting(RenewalRun run, Hold hold) {
        Instant waitingSince = run.facts()
                .standing()
                .filter(standing -> standing.outcome().equals(RenewalOutcome.Waiting.WORD))
                .map(Renewal.Standing::at)
                .orElse(run.now());
        boolean longer = hold.until().isPresent()
                && Duration.between(waitingSince, run.now()).compareTo(LONG_WAIT) > 0
                && hold.until().get().isBefore(run.now().plus(LONG_WAIT));
        if (!hold.needsPerson() && !longer) {
            return Optional.empty();
        }
        return Optional.of(new Words(
                AlertKind.WAITING_LONG,
                stage(run) + "-" + hold.kind(),
                run.name() + ": waits for " + (hold.needsPerson() ? "you: " : "longer than planned: ")
                        + hold.sentence(),
                hold.sentence(),
                hold.until()
                        .map(until -> "It is looked at again at " + until + ".")
                        .orElse("Only a person moves it on."),
                List.of("certwright why " + run.name())));
    }

    private static Words hurried(RenewalRun run, String why) {
        String group = run.wish().clients().map(Object::toString).orElse("GROUP");
        List<String> commands = new ArrayList<>(PinEnforcement.release("Trust " + group));
        commands.add("certwright trust export " + group + " --out trust");
        commands.add("certwright trust emergency " + group);
        return new Words(
                AlertKind.EMERGENCY,
                stage(run),
                run.name() + ": bound before all clients have the new trust",
                why
                        + "\nClients that pin and lack the new certificate stop scanning. What lets them go on: import the trust package, or set\n"
                        + PinEnforcement.setting()
                        + "\nby Group Policy, which does not depend on the update server, until they have it.",
                "Pinned clients go on by themselves as soon as they have the new pin.",
                commands);
    }

    /** A renewal tells each thing once; the next renewal may tell it again. */
    private static String stage(RenewalRun run) {
        return run.facts().id().toString();
    }
}
