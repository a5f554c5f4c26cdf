package io.certwright.enrollment.acme;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Keys;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Our account at the CA, one for each directory. Its key is made and stored, sealed, before the CA hears of it; registering the same
 * key twice gives the same account (RFC 8555, 7.3.1), so that several nodes and crashes do no harm.
 */
final class Accounts {
    static final String KIND = "account";

    private final IssuerName issuer;
    private final AcmeSettings settings;
    private final IssuerMemory memory;
    private final KeySealer sealer;
    private final Clock clock;
    private final SecureRandom random;

    Accounts(
            IssuerName issuer,
            AcmeSettings settings,
            IssuerMemory memory,
            KeySealer sealer,
            Clock clock,
            SecureRandom random) {
        this.issuer = issuer;
        this.settings = settings;
        this.memory = memory;
        this.sealer = sealer;
        this.clock = clock;
        this.random = random;
    }

    /** Registers where the CA does not know the key yet. */
    Login login(Session session) throws AcmeException, LifecycleException {
        Remembered stands = new KeyChange(this).settled(ensureKey(), session);
        AccountFact account = read(stands);
        KeyPair key = open(account.key());
        if (account.location().isPresent()) {
            return new Login(url(account.location().get()), key, session);
        }
        requireSound(session);
        Login login = register(session, key);
        URI location = URI.create(login.getAccountLocation().toString());
        // Where another node was quicker, it has stored the same.
        return replaced(stands, account.at(Optional.of(location))).isPresent() ? login : login(session);
    }

    /** The account, if the CA was ever told of it. */
    boolean isRegistered() throws LifecycleException {
        Optional<Remembered> stands = memory.find(issuer, KIND, place());
        return stands.isPresent() && read(stands.get()).location().isPresent();
    }

    /** The CA does not know the account any more: the next login registers its key anew. */
    void forgetLocation() throws LifecycleException {
        Remembered stands = ensureKey();
        var unused = replaced(stands, read(stands).at(Optional.empty()));
    }

    /** The fact that stands now; empty where another node changed it meanwhile. */
    Optional<Remembered> replaced(Remembered stands, AccountFact next) throws LifecycleException {
        Remembered fact = stands.next(next.encode(), clock.instant());
        return memory.replace(issuer, fact, stands.version()) ? Optional.of(fact) : Optional.empty();
    }

    private Login register(Session session, KeyPair key) throws AcmeException {
        AccountBuilder builder = new AccountBuilder().useKeyPair(key);
        settings.contact().forEach(builder::addEmail);
        if (settings.termsAccepted()) {
            builder.agreeToTermsOfService();
        }
        settings.external().ifPresent(external -> builder.withKeyIdentifier(external.id(), external.macKey()));
        return builder.createLogin(session);
    }

    /** What the CA would refuse anyway, said before and better. */
    void requireSound(Session session) throws AcmeException, LifecycleException {
        var wishes = session.getMetadata();
        if (wishes.isExternalAccountRequired() && settings.external().isEmpty()) {
            throw new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    "EXTERNAL_ACCOUNT_WANTED",
                    "issuer " + issuer + ": the CA binds accounts to accounts of its customers; write external-account"
                            + " with the id and key that it gave you into the settings");
        }
        if (wishes.getTermsOfService().isPresent() && !settings.termsAccepted()) {
            throw new LifecycleException(
                    FailureKind.UNAUTHORIZED,
                    "TERMS_NOT_ACCEPTED",
                    "issuer " + issuer + ": the CA wants its terms of service accepted; read "
                            + io.certwright.certificate.Printable.escape(
                                    wishes.getTermsOfService().get().toString(), 200)
                            + ", then write accept-terms: true into the settings");
        }
    }

    Remembered ensureKey() throws LifecycleException {
        Optional<Remembered> stands = memory.find(issuer, KIND, place());
        if (stands.isPresent()) {
            return stands.get();
        }
        AccountFact fresh = new AccountFact(newKey(), Optional.empty());
        return memory.remember(issuer, Remembered.first(KIND, place(), fresh.encode(), clock.instant()));
    }

    SealedKey newKey() throws LifecycleException {
        return sealer.seal(new KeyGenerator(random).generate(KeySpec.P_256));
    }

    private String place() {
        return settings.directory().toString();
    }

    KeyPair open(SealedKey key) throws LifecycleException {
        try {
            return new KeyPair(Keys.publicKey(key.publicKey()), sealer.open(key));
        } catch (GeneralSecurityException damaged) {
            throw damaged(issuer, damaged);
        }
    }

    AccountFact read(Remembered fact) throws LifecycleException {
        return read(issuer, fact);
    }

    static AccountFact read(IssuerName issuer, Remembered fact) throws LifecycleException {
        try {
            return AccountFact.decode(fact.value());
        } catch (IOException | IllegalArgumentException damaged) {
            throw damaged(issuer, damaged);
        }
    }

    private static LifecycleException damaged(IssuerName issuer, Exception why) {
        return new LifecycleException(
                FailureKind.INTERNAL,
                "ACCOUNT_DAMAGED",
                "issuer " + issuer
                        + ": the record of its ACME account does not parse; restore the database from a backup",
                why);
    }

    IssuerName issuer() {
        return issuer;
    }

    static java.net.URL url(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("an address that was stored is none", impossible);
        }
    }
}
