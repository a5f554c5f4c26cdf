package io.certwright.enrollment.acme;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.RevocationReason;
import io.certwright.enrollment.Revokes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * A CA that speaks ACME. The address of an order is remembered before anything is proven or sent for it, so that a lost answer, a
 * crash or another node goes on with the same order; an order that the CA has forgotten is placed once more.
 */
public final class AcmeIssuer implements Issuer, LooksUpAnswers, Revokes {
    /** Of one call. What is not decided by then is pending. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** After so many orders that the CA forgot after it had the CSR, a person must look. */
    private static final int MOST_FORGOTTEN = 2;

    private final IssuerName name;
    private final AcmeSettings settings;
    private final AcmeParts parts;
    private final Clock clock;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Orders orders;
    private final RememberedCertificates given;
    private final AcmeFailures failures;
    private final List<Responder> responders;
    private final Validating validating;

    public AcmeIssuer(IssuerName name, AcmeSettings settings, AcmeParts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        this.clock = parts.clock();
        this.sessions = new Sessions(settings);
        this.accounts = new Accounts(name, settings, parts.memory(), parts.sealer(), parts.clock(), parts.random());
        this.orders = new Orders(name, parts.memory(), parts.clock());
        this.given = new RememberedCertificates(name, parts.memory());
        this.failures = new AcmeFailures(name, parts.clock());
        this.responders = Responders.of(name, settings, new ShownAnswers(parts.memory(), parts.clock()));
        Duration settle = settings.dns01().map(Dns01Settings::settle).orElse(Duration.ZERO);
        this.validating = new Validating(name, responders, settle, parts.pause(), failures);
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "acme";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = given.find(request);
        return known.isPresent() ? known.get() : advance(request);
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return request(request);
    }

    /** Goes on with the order that stands, if one does. */
    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = given.find(request);
        boolean stands = orders.find(request)
                .filter(note -> note.state() != OrderNote.State.OVER)
                .isPresent();
        return known.isPresent() || !stands ? known : Optional.of(advance(request));
    }

    private EnrollmentResult advance(EnrollmentRequest request) throws LifecycleException {
        Session session = sessions.borrow();
        try {
            EnrollmentResult result =
                    failures.telling("asking for " + request.certificate(), () -> run(request, session));
            sessions.giveBack(session);
            return result;
        } catch (LifecycleException failed) {
            throw maybeIssued(request) ? lost(failed) : failed;
        }
    }

    private EnrollmentResult run(EnrollmentRequest request, Session session) throws AcmeException, LifecycleException {
        Login login = accounts.login(session);
        try {
            return new OrderRun(request, login).toEnd();
        } catch (AcmeServerException problem) {
            String word = AcmeFailures.wordOf(problem);
            if (word.equals("accountDoesNotExist")) {
                accounts.forgetLocation();
                return new OrderRun(request, accounts.login(session)).toEnd();
            }
            if (!AcmeFailures.isDenial(word)) {
                throw problem;
            }
            return denied(request, AcmeFailures.wordsOf(problem.getProblem()));
        }
    }

    private Denied denied(EnrollmentRequest request, String words) throws LifecycleException {
        Optional<OrderNote> note = orders.find(request);
        if (note.isPresent()) {
            orders.mark(request, note.get().with(OrderNote.State.OVER));
        }
        return new Denied("issuer " + name + " denied the certificate for " + request.names() + ": " + words);
    }

    private boolean maybeIssued(EnrollmentRequest request) throws LifecycleException {
        return orders.find(request)
                .filter(note -> note.state() == OrderNote.State.FINALIZING)
                .isPresent();
    }

    private static AnswerLostException lost(LifecycleException failed) {
        return new AnswerLostException(failed.kind(), failed.code(), failed.getMessage(), failed);
    }

    /** One order of one account, from where it stands to where it can get in this run. */
    private final class OrderRun {
        private final EnrollmentRequest request;
        private final Login login;
        private final Pace pace = new Pace(parts.pause(), LIMIT, failures::waitUntil);

        OrderRun(EnrollmentRequest request, Login login) {
            this.request = request;
            this.login = login;
        }

        EnrollmentResult toEnd() throws AcmeException, LifecycleException {
            Optional<OrderNote> stands = orders.find(request);
            Optional<Order> known = stands.isPresent() && stands.get().state() != OrderNote.State.OVER
                    ? resumed(stands.get())
                    : Optional.empty();
            Order order = known.isPresent()
                    ? known.get()
                    : place(stands.map(OrderNote::number).orElse(0) + 1);
            try {
                return driven(order);
            } catch (Validating.Denial denial) {
                return denied(request, denial.getMessage());
            } catch (LifecycleException failed) {
                giveUpIfInvalid(order);
                throw failed;
            }
        }

        /** Empty where the CA does not know the order any more. */
        private Optional<Order> resumed(OrderNote note) throws AcmeException, LifecycleException {
            Order order = login.bindOrder(note.url());
            try {
                order.fetch();
            } catch (AcmeException gone) {
                if (!isForgotten(gone)) {
                    throw gone;
                }
                requireNotTooOftenForgotten(note);
                orders.mark(request, note.with(OrderNote.State.OVER));
                return Optional.empty();
            }
            if (order.getStatus() == Status.INVALID) {
                orders.mark(request, note.with(OrderNote.State.OVER));
                return Optional.empty();
            }
            return Optional.of(order);
        }

        private boolean isForgotten(AcmeException gone) {
            String word = AcmeFailures.wordOf(gone);
            return word.equals("malformed")
                    || word.equals("unauthorized")
                    || String.valueOf(gone.getMessage()).equals("HTTP 404");
        }

        private void requireNotTooOftenForgotten(OrderNote note) throws LifecycleException {
            if (note.state() == OrderNote.State.FINALIZING && note.number() >= MOST_FORGOTTEN) {
                throw new LifecycleException(
                        FailureKind.REFUSED,
                        "ORDER_FORGOTTEN",
                        "issuer " + name + ": the CA took the request for " + request.certificate() + " "
                                + note.number()
                                + " times and forgot the order each time; look there for certificates for "
                                + request.names() + ", revoke what is not needed, then renew with --force");
            }
        }

        private Order place(int number) throws AcmeException, LifecycleException {
            requireProfile(login.getSession());
            OrderBuilder builder = login.newOrder().identifiers(identifiersOf(request));
            settings.profile().ifPresent(builder::profile);
            Order placed = builder.create();
            URI address = URI.create(placed.getLocation().toString());
            OrderNote note = orders.ensure(request, new OrderNote(number, OrderNote.State.OPEN, address));
            return note.address().equals(address) ? placed : login.bindOrder(note.url());
        }

        private EnrollmentResult driven(Order order) throws AcmeException, LifecycleException, Validating.Denial {
            if (order.getStatus() == Status.PENDING) {
                if (!validating.proveAll(request, order, pace)) {
                    return pending(order, "the CA is still looking whether the names are ours");
                }
                order.fetch();
            }
            while (order.getStatus() == Status.PENDING) {
                if (!pace.waited(order.getRetryAfter())) {
                    return pending(order, "the CA has not taken the names yet");
                }
                order.fetch();
            }
            if (order.getStatus() == Status.READY) {
                send(order);
            }
            return awaited(order);
        }

        private void send(Order order) throws AcmeException, LifecycleException {
            Optional<OrderNote> note = orders.find(request);
            if (note.isPresent()) {
                orders.mark(request, note.get().with(OrderNote.State.FINALIZING));
            }
            try {
                order.execute(request.csr().der());
            } catch (AcmeServerException problem) {
                // Another node was quicker; the order says what became of it.
                if (!AcmeFailures.wordOf(problem).equals("orderNotReady")) {
                    throw problem;
                }
            }
            order.fetch();
        }

        private EnrollmentResult awaited(Order order) throws AcmeException, LifecycleException {
            while (order.getStatus() == Status.PROCESSING || order.getStatus() == Status.READY) {
                if (!pace.waited(order.getRetryAfter())) {
                    return pending(order, "the CA is still making the certificate");
                }
                if (order.getStatus() == Status.READY) {
                    send(order); // what it answered to the first time was not the CSR
                } else {
                    order.fetch();
                }
            }
            if (order.getStatus() != Status.VALID) {
                return endedBadly(order);
            }
            Certificate certificate = order.getCertificate();
            var chain = new Chains(name, settings.preferredChain()).from(request, certificate);
            return given.remember(request, chain, clock.instant());
        }

        private EnrollmentResult endedBadly(Order order) throws LifecycleException {
            Optional<Problem> error = order.getError();
            String words = error.map(AcmeFailures::wordsOf).orElse("it gave no reason");
            if (error.map(AcmeFailures::wordOf).filter(AcmeFailures::isDenial).isPresent()) {
                return denied(request, words);
            }
            giveUpIfInvalid(order);
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "ORDER_INVALID",
                    "issuer " + name + ": the order for " + request.certificate() + " is now "
                            + order.getStatus().name().toLowerCase(java.util.Locale.ROOT) + " at the CA, wanted valid: "
                            + words + "; a new one is placed later");
        }

        /** A name that was not believed makes the whole order worthless: the next attempt places a new one. */
        private void giveUpIfInvalid(Order order) throws LifecycleException {
            Optional<OrderNote> note = orders.find(request);
            if (note.isPresent() && isDead(order)) {
                orders.mark(request, note.get().with(OrderNote.State.OVER));
            }
        }

        private boolean isDead(Order order) {
            try {
                order.fetch();
                return order.getStatus() == Status.INVALID;
            } catch (AcmeException | RuntimeException unknown) {
                return false;
            }
        }

        private Pending pending(Order order, String sentence) {
            return new Pending(
                    new RequestId(order.getLocation().toString()),
                    pace.afterwards(order.getRetryAfter()),
                    "issuer " + name + ": " + sentence);
        }
    }

    private static List<Identifier> identifiersOf(EnrollmentRequest request) {
        List<Identifier> identifiers = new ArrayList<>();
        for (DnsName dns : request.names().dns()) {
            identifiers.add(Identifier.dns(dns.value()));
        }
        for (IpAddress ip : request.names().ips()) {
            identifiers.add(Identifier.ip(ip.toString()));
        }
        return identifiers;
    }

    @Override
    public void revoke(IssuedCertificate certificate, RevocationReason reason, Instant at) throws LifecycleException {
        Session session = sessions.borrow();
        failures.telling("revoking " + certificate.thumbprint().abbreviated(), () -> {
            try {
                Certificate.revoke(
                        accounts.login(session),
                        certificate.leaf(),
                        org.shredzone.acme4j.RevocationReason.code(reason.code()));
            } catch (AcmeServerException problem) {
                if (!AcmeFailures.wordOf(problem).equals("alreadyRevoked")) {
                    throw problem;
                }
            }
            return certificate;
        });
        sessions.giveBack(session);
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path file : settings.anchors()) {
            anchors.addAll(CertificateFiles.read(file).certificates());
        }
        return List.copyOf(anchors);
    }

    /** Directory, trust, account, profile, and whether challenges could be answered; orders nothing and registers nothing. */
    @Override
    public String test() throws LifecycleException {
        Session session = sessions.borrow();
        String account = failures.telling("testing it", () -> {
            accounts.requireSound(session);
            requireProfile(session);
            if (!accounts.isRegistered()) {
                return "no account yet, it is registered with the first request";
            }
            accounts.login(session).getAccount().fetch();
            return "the account is known";
        });
        sessions.giveBack(session);
        List<String> ways = new ArrayList<>();
        for (Responder responder : responders) {
            ways.add(responder.type() + " " + responder.test());
        }
        return "acme issuer " + name + ": " + settings.directory() + " answers, " + account + "; "
                + String.join("; ", ways);
    }

    private void requireProfile(Session session) throws AcmeException, LifecycleException {
        var offered = session.getMetadata().getProfiles();
        if (settings.profile().filter(wanted -> !offered.contains(wanted)).isPresent()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "PROFILE_UNKNOWN",
                    "issuer " + name + ": profile got "
                            + io.certwright.certificate.Printable.quote(
                                    settings.profile().get())
                            + ", wanted one that the CA offers: "
                            + (offered.isEmpty() ? "it has none" : String.join(", ", offered)));
        }
    }
}
