package io.certwright.enrollment.acme;

import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.URI;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * A new key for our account (RFC 8555, 7.3.5). It is remembered before the CA is asked, and the old one until the CA's answer is known:
 * after a crash between the two, the CA says which one it knows.
 */
record KeyChange(Accounts accounts) {

    /** The account has another key when this returns. An earlier change that nobody saw the end of is brought to its end first. */
    void toNew(Session session) throws AcmeException, LifecycleException {
        Remembered stands = settled(accounts.ensureKey(), session);
        AccountFact account = accounts.read(stands);
        if (account.location().isEmpty()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "NO_ACCOUNT_YET",
                    "issuer " + accounts.issuer()
                            + ": the CA has no account of ours yet, so there is no key to change; it is registered with the"
                            + " first request");
        }
        SealedKey next = accounts.newKey();
        Remembered remembered = replaced(stands, new AccountFact(account.key(), account.location(), Optional.of(next)));
        Login login = new Login(Accounts.url(account.location().get()), accounts.open(account.key()), session);
        login.getAccount().changeKey(accounts.open(next));
        // The library takes any answer with status 200 for a yes, also the page of some proxy.
        AccountFact settled = accounts.read(settled(remembered, session));
        if (!settled.key().equals(next)) {
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "KEY_NOT_CHANGED",
                    "issuer " + accounts.issuer()
                            + ": changing the account's key, the CA said yes and knows the old key"
                            + " still; run it again, and look at what stands between here and the CA");
        }
    }

    /** What stands, with the one key that the CA knows. */
    Remembered settled(Remembered stands, Session session) throws AcmeException, LifecycleException {
        AccountFact account = accounts.read(stands);
        if (account.next().isEmpty()) {
            return stands;
        }
        SealedKey next = account.next().get();
        Optional<URI> location = locationOf(next, session);
        AccountFact settled = location.isPresent()
                ? new AccountFact(next, location)
                : new AccountFact(account.key(), account.location());
        return replaced(stands, settled);
    }

    private Optional<URI> locationOf(SealedKey key, Session session) throws AcmeException, LifecycleException {
        try {
            Login known = new AccountBuilder()
                    .onlyExisting()
                    .useKeyPair(accounts.open(key))
                    .createLogin(session);
            return Optional.of(URI.create(known.getAccountLocation().toString()));
        } catch (AcmeServerException problem) {
            if (!AcmeFailures.wordOf(problem).equals("accountDoesNotExist")) {
                throw problem;
            }
            return Optional.empty();
        }
    }

    private Remembered replaced(Remembered stands, AccountFact next) throws LifecycleException {
        return accounts.replaced(stands, next)
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "ACCOUNT_CHANGED_MEANWHILE",
                        "issuer " + accounts.issuer()
                                + ": its ACME account was changed by another process at the same time; run it again"));
    }
}
