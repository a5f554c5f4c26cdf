package io.certwright.enrollment.acme;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.HasAccountKey;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.RenewalWindow;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.RevocationReason;
import io.certwright.enrollment.Revokes;
import io.certwright.enrollment.SuggestsRenewal;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * A CA that speaks ACME. The address of an order is remembered before anything is proven or sent for it, so that a lost answer, a
 * crash or another node goes on with the same order; an order that the CA has forgotten is placed once more.
 */
public final class AcmeIssuer implements Issuer, LooksUpAnswers, Revokes, SuggestsRenewal, HasAccountKey {
    private final IssuerName name;
    private final AcmeSettings settings;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Orders orders;
    private final RememberedCertificates given;
    private final AcmeFailures failures;
    private final Suggestions suggestions;
    private final List<Responder> responders;
    private final Desk desk;
    private final Clock clock;

    public AcmeIssuer(IssuerName name, AcmeSettings settings, AcmeParts parts) {
        this.name = name;
        this.settings = settings;
        this.clock = parts.clock();
        this.sessions = new Sessions(settings);
        this.accounts = new Accounts(name, settings, parts.memory(), parts.sealer(), parts.clock(), parts.random());
        this.orders = new Orders(name, parts.memory(), parts.clock());
        this.given = new RememberedCertificates(name, parts.memory());
        this.failures = new AcmeFailures(name, parts.clock());
        this.suggestions = new Suggestions(name, parts.memory());
        this.responders = Responders.of(name, settings, new ShownAnswers(parts.memory(), parts.clock()), parts.hosts());
        Duration settle = settings.dns01().map(Dns01Settings::settle).orElse(Duration.ZERO);
        Validating validating = new Validating(name, responders, settle, parts.pause(), failures);
        this.desk = new Desk(name, settings, parts, orders, given, failures, validating, suggestions);
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
            throw maybeIssued(request) ? AnswerLostException.after(failed) : failed;
        }
    }

    private EnrollmentResult run(EnrollmentRequest request, Session session) throws AcmeException, LifecycleException {
        Login login = accounts.login(session);
        try {
            return new OrderRun(desk, request, login).toEnd();
        } catch (AcmeServerException problem) {
            String word = AcmeFailures.wordOf(problem);
            if (word.equals("accountDoesNotExist")) {
                accounts.forgetLocation();
                return new OrderRun(desk, request, accounts.login(session)).toEnd();
            }
            if (!AcmeFailures.isDenial(word)) {
                throw problem;
            }
            return desk.denied(request, AcmeFailures.wordsOf(problem.getProblem()));
        }
    }

    private boolean maybeIssued(EnrollmentRequest request) throws LifecycleException {
        return orders.find(request)
                .filter(note -> note.state() == OrderNote.State.FINALIZING)
                .isPresent();
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

    @Override
    public void changeAccountKey() throws LifecycleException {
        Session session = sessions.borrow();
        failures.telling("changing the account's key", () -> {
            new KeyChange(accounts).toNew(session);
            return name;
        });
        sessions.giveBack(session);
    }

    @Override
    public Optional<RenewalWindow> findSuggestion(IssuedCertificate certificate) throws LifecycleException {
        return suggestions.find(certificate);
    }

    @Override
    public boolean refreshSuggestion(IssuedCertificate certificate, Instant now) throws LifecycleException {
        if (!suggestions.mayAsk(certificate, now) || !accounts.isRegistered()) {
            return false;
        }
        Session session = sessions.borrow();
        boolean changed = failures.telling(
                "asking when to renew " + certificate.thumbprint().abbreviated(),
                () -> Suggestions.areOffered(session)
                        && suggestions.refresh(accounts.login(session), certificate, now));
        sessions.giveBack(session);
        return changed;
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    /** Directory, trust, account, profile, and whether challenges could be answered; orders nothing and registers nothing. */
    @Override
    public String test() throws LifecycleException {
        Session session = sessions.borrow();
        String account = failures.telling("testing it", () -> {
            accounts.requireSound(session);
            desk.requireProfile(session);
            if (!accounts.isRegistered()) {
                return "no account yet, it is registered with the first request"
                        + (settings.external().isPresent()
                                ? ", which shows whether the CA takes external-account"
                                : "");
            }
            accounts.login(session).getAccount().fetch();
            return "the account is known";
        });
        sessions.giveBack(session);
        List<String> ways = new ArrayList<>();
        for (Responder responder : responders) {
            ways.add(responder.type() + " " + responder.test());
        }
        clockSkew().ifPresent(ways::add);
        String profile = settings.profile()
                .map(wanted -> ", profile " + wanted + " is offered")
                .orElse("");
        return "acme issuer " + name + ": " + settings.directory() + " answers, " + account + profile + "; "
                + String.join("; ", ways);
    }

    /** Signed requests do not fail by it, but certificates that begin in the future do. */
    private Optional<String> clockSkew() throws LifecycleException {
        return failures.telling("asking for its time", () -> {
            try {
                return sessions.clockSkew(clock.instant());
            } catch (IOException failed) {
                throw new AcmeNetworkException(failed);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        });
    }
}
