package io.certwright.enrollment.acme;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** One order of one account, from where it stands to where it can get in this run. */
final class OrderRun {
    /** Of one run. What is not decided by then is pending. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** After so many orders that the CA forgot after it had the CSR, a person must look. */
    private static final int MOST_FORGOTTEN = 2;

    /** What a CA says that does not take note of this predecessor; the order itself may be right. */
    private static final Set<String> NOT_REPLACEABLE = Set.of("alreadyReplaced", "malformed", "unauthorized");

    private final Desk desk;
    private final Orders orders;
    private final EnrollmentRequest request;
    private final Login login;
    private final Pace pace;

    OrderRun(Desk desk, EnrollmentRequest request, Login login) {
        this.desk = desk;
        this.orders = desk.orders();
        this.request = request;
        this.login = login;
        this.pace = new Pace(desk.parts().pause(), LIMIT, desk.failures()::waitUntil);
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
            return desk.denied(request, String.valueOf(denial.getMessage()));
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
                    "issuer " + desk.name() + ": the CA took the request for " + request.certificate() + " "
                            + note.number()
                            + " times and forgot the order each time; look there for certificates for "
                            + request.names() + ", revoke what is not needed, then renew with --force");
        }
    }

    private Order place(int number) throws AcmeException, LifecycleException {
        desk.requireProfile(login.getSession());
        Optional<IssuedCertificate> replaced = replaced();
        Order placed = replaced.isPresent() ? replacing(replaced.get()) : wanted().create();
        URI address = URI.create(placed.getLocation().toString());
        OrderNote note = orders.ensure(request, new OrderNote(number, OrderNote.State.OPEN, address));
        return note.address().equals(address) ? placed : login.bindOrder(note.url());
    }

    private OrderBuilder wanted() {
        OrderBuilder builder = login.newOrder().identifiers(identifiersOf(request));
        desk.settings().profile().ifPresent(builder::profile);
        return builder;
    }

    /** The predecessor, where this CA knows it and takes note of what replaces what (RFC 9773, 5). */
    private Optional<IssuedCertificate> replaced() throws AcmeException, LifecycleException {
        Optional<IssuedCertificate> predecessor = request.predecessor().map(Predecessor::certificate);
        return predecessor.isPresent()
                        && desk.suggestions().find(predecessor.get()).isPresent()
                        && Suggestions.areOffered(login.getSession())
                ? predecessor
                : Optional.empty();
    }

    private Order replacing(IssuedCertificate predecessor) throws AcmeException {
        try {
            return wanted().replaces(predecessor.leaf()).create();
        } catch (AcmeServerException problem) {
            String word = AcmeFailures.wordOf(problem);
            if (!NOT_REPLACEABLE.contains(word)) {
                throw problem;
            }
            return wanted().create();
        }
    }

    private EnrollmentResult driven(Order order) throws AcmeException, LifecycleException, Validating.Denial {
        if (order.getStatus() == Status.PENDING) {
            if (!desk.validating().proveAll(request, order, pace)) {
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
        var chain = new Chains(desk.name(), desk.settings().preferredChain()).from(request, certificate);
        return desk.given().remember(request, chain, desk.parts().clock().instant());
    }

    private EnrollmentResult endedBadly(Order order) throws LifecycleException {
        Optional<Problem> error = order.getError();
        String words = error.map(AcmeFailures::wordsOf).orElse("it gave no reason");
        if (error.map(AcmeFailures::wordOf).filter(AcmeFailures::isDenial).isPresent()) {
            return desk.denied(request, words);
        }
        giveUpIfInvalid(order);
        throw new LifecycleException(
                FailureKind.REFUSED,
                "ORDER_INVALID",
                "issuer " + desk.name() + ": the order for " + request.certificate() + " is now "
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
                "issuer " + desk.name() + ": " + sentence);
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
}
