package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.AskedFor;
import io.certwright.windows.ChallengeCall.ChallengeAnswers;
import io.certwright.windows.ChallengeCall.GetChallengeAnswers;
import io.certwright.windows.ChallengeCall.RemoveChallengeAnswer;
import io.certwright.windows.ChallengeCall.SetChallengeAnswer;
import io.certwright.windows.ChallengeCall.WrittenAnswer;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostFitness;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a site of IIS on a Windows host: answers are files in it. They go when the last order that shows some is through, in
 * one visit, together with what failed or killed runs of the same account left. One visit at a time, so that none takes away what
 * another needs.
 */
final class HostWebRoot implements Responder {
    private static final Logger LOG = LoggerFactory.getLogger(HostWebRoot.class);

    /** No order shows its answers so long: after a minute it is pending, and they go. */
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(30);

    /** More are left to the look at what is old. */
    private static final int MOST_REMEMBERED = 100;

    private final IssuerName issuer;
    private final WindowsHost host;
    private final String folder;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> due = new LinkedHashSet<>();

    HostWebRoot(IssuerName issuer, WindowsHost host, String folder) {
        this.issuer = issuer;
        this.host = new AskedFor("issuer " + issuer, host);
        this.folder = folder;
    }

    @Override
    public String type() {
        return "http-01";
    }

    @Override
    public void show(ChallengeAnswer answer) throws LifecycleException {
        showAll(List.of(answer));
    }

    @Override
    public synchronized void showAll(List<ChallengeAnswer> answers) throws LifecycleException {
        List<WindowsCall<?>> calls = new ArrayList<>();
        for (ChallengeAnswer answer : answers) {
            calls.add(writing(answer));
        }
        // Before the visit: one that fails may have done part of it.
        answers.forEach(answer -> open.add(answer.token()));
        host.perform(calls);
    }

    private SetChallengeAnswer writing(ChallengeAnswer answer) throws LifecycleException {
        try {
            return new SetChallengeAnswer(folder, answer.token(), answer.authorization());
        } catch (IllegalArgumentException noFileName) {
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "CHALLENGE_MALFORMED",
                    "issuer " + issuer + ": for " + Printable.quote(answer.name())
                            + " the CA gives a challenge that names no file on host " + host.name() + " ("
                            + noFileName.getMessage() + "); look at what stands between here and the CA",
                    noFileName);
        }
    }

    @Override
    public synchronized void withdraw(ChallengeAnswer answer) {
        if (!open.remove(answer.token())) {
            return;
        }
        due.add(answer.token());
        if (open.isEmpty()) {
            clear(answer);
        }
    }

    private void clear(ChallengeAnswer own) {
        try {
            GetChallengeAnswers whatIsLeft = new GetChallengeAnswers(folder);
            List<WindowsCall<?>> calls = new ArrayList<>(removing(due));
            calls.add(whatIsLeft);
            ChallengeAnswers left = host.perform(calls).of(whatIsLeft);
            due.clear();
            host.perform(removing(leftBehind(left, own)));
        } catch (LifecycleException stays) {
            LOG.warn("A file shown to the CA may stay until the next order: {}", stays.getMessage());
            if (due.size() > MOST_REMEMBERED) {
                due.clear();
            }
        }
    }

    private List<RemoveChallengeAnswer> removing(Set<String> tokens) {
        return tokens.stream()
                .map(token -> new RemoveChallengeAnswer(folder, token))
                .toList();
    }

    /** Answers of the same account that no run shows any more; those of other programs are left alone. */
    private static Set<String> leftBehind(ChallengeAnswers seen, ChallengeAnswer own) {
        String account = own.authorization().substring(own.token().length());
        Set<String> tokens = new LinkedHashSet<>();
        for (WrittenAnswer each : seen.answers()) {
            boolean ours = each.authorization().equals(each.token() + account);
            if (ours && each.writtenAt().plus(LEFT_BEHIND).isBefore(seen.now())) {
                tokens.add(each.token());
            }
        }
        return tokens;
    }

    @Override
    public String test() throws LifecycleException {
        HostFitness.require(host.name(), host.perform(new GetHostFacts()));
        host.perform(List.of(new GetChallengeAnswers(folder)));
        return "can write to " + Printable.quote(folder) + " of host " + host.name();
    }
}
