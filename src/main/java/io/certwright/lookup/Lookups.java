package io.certwright.lookup;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation.IssuerNotFetched;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.lookup.Observation.RevocationUnknown;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks the world about names and chains, many questions at once and all of them within one limit. What is not answered by then is
 * an answer, too: it says so. Safe for many threads.
 */
public final class Lookups {
    private static final int AT_ONCE = 16;

    private final NameLookup names;
    private final RevocationLookup revocation;
    private final Optional<IssuerLookup> issuers;
    private final Duration limit;
    private final Clock clock;

    /** @param limit of one call as a whole */
    public Lookups(NameLookup names, RevocationLookup revocation, Duration limit, Clock clock) {
        this(names, revocation, Optional.empty(), limit, clock);
    }

    private Lookups(
            NameLookup names,
            RevocationLookup revocation,
            Optional<IssuerLookup> issuers,
            Duration limit,
            Clock clock) {
        this.names = names;
        this.revocation = revocation;
        this.issuers = issuers;
        this.limit = limit;
        this.clock = clock;
    }

    /** These, and whether issuers' certificates are where certificates say. */
    public Lookups withIssuers(IssuerLookup asked) {
        return new Lookups(names, revocation, Optional.of(asked), limit, clock);
    }

    /**
     * One observation for each name, and one for each certificate that an issuer stands above, whatever number of paths it stands
     * on. Wildcards have no address and are left out; so are trust anchors: nobody above them could revoke them.
     *
     * @param paths each leaf first, trust anchor last
     */
    public List<Observation> of(Collection<DnsName> asked, Collection<List<X509Certificate>> paths)
            throws InterruptedException {
        List<Question> questions = new ArrayList<>();
        asked.stream()
                .filter(name -> !name.isWildcard())
                .distinct()
                .map(this::about)
                .forEach(questions::add);
        Map<Sha256Fingerprint, List<Question>> certificates = new LinkedHashMap<>();
        for (List<X509Certificate> path : paths) {
            for (int i = 0; i + 1 < path.size(); i++) {
                X509Certificate issuer = path.get(i + 1);
                X509Certificate certificate = path.get(i);
                certificates.computeIfAbsent(
                        Sha256Fingerprint.of(certificate), subject -> about(subject, certificate, issuer));
            }
        }
        certificates.values().forEach(questions::addAll);
        return answers(questions);
    }

    private Question about(DnsName name) {
        return new Question(() -> names.look(name), why -> new NameUnknown(name, why, clock.instant()));
    }

    private List<Question> about(Sha256Fingerprint subject, X509Certificate certificate, X509Certificate issuer) {
        List<Question> questions = new ArrayList<>();
        questions.add(new Question(
                () -> revocation.look(certificate, issuer),
                why -> new RevocationUnknown(subject, why, clock.instant())));
        issuers.filter(lookup -> lookup.isNamedBy(certificate))
                .map(lookup -> new Question(
                        () -> lookup.look(certificate, issuer),
                        why -> new IssuerNotFetched(subject, why, clock.instant())))
                .ifPresent(questions::add);
        return questions;
    }

    /** One thing to ask, and what to answer where it is not answered in time. */
    private record Question(Callable<Observation> ask, Function<String, Observation> unanswered) {}

    private List<Observation> answers(List<Question> questions) throws InterruptedException {
        if (questions.isEmpty()) {
            return List.of();
        }
        ExecutorService askers = Executors.newFixedThreadPool(Math.min(AT_ONCE, questions.size()), Lookups::daemon);
        try {
            List<Future<Observation>> asked = askers.invokeAll(
                    questions.stream().map(Question::ask).toList(), limit.toMillis(), TimeUnit.MILLISECONDS);
            List<Observation> answers = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                answers.add(answer(asked.get(i), questions.get(i)));
            }
            return answers;
        } finally {
            askers.shutdownNow();
        }
    }

    private Observation answer(Future<Observation> asked, Question question) throws InterruptedException {
        try {
            return asked.get();
        } catch (CancellationException late) {
            return question.unanswered().apply("not answered within " + limit.toSeconds() + " s");
        } catch (ExecutionException broken) {
            throw new IllegalStateException("A look at the world broke.", broken.getCause());
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-lookup");
        thread.setDaemon(true);
        return thread;
    }
}
