package io.certwright.enrollment.acme;

import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SealedStock;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sealed keys of all ACME accounts that ever were, also of issuers that the settings no longer name. */
public final class AccountStock implements SealedStock {
    private final IssuerMemory memory;

    public AccountStock(IssuerMemory memory) {
        this.memory = memory;
    }

    @Override
    public int reseal(KeySealer sealer, String activeId) throws LifecycleException {
        int resealed = 0;
        for (IssuerName issuer : memory.listIssuers(Accounts.KIND)) {
            for (Remembered fact : memory.list(issuer, Accounts.KIND)) {
                AccountFact account = Accounts.read(issuer, fact);
                int old = (int) keysOf(account)
                        .filter(key -> !key.masterKeyId().equals(activeId))
                        .count();
                if (old > 0) {
                    replace(issuer, fact, resealed(account, sealer));
                    resealed += old;
                }
            }
        }
        return resealed;
    }

    private static Stream<SealedKey> keysOf(AccountFact account) {
        return Stream.concat(Stream.of(account.key()), account.next().stream());
    }

    private static AccountFact resealed(AccountFact account, KeySealer sealer) throws LifecycleException {
        Optional<SealedKey> next = account.next().isPresent()
                ? Optional.of(sealer.reseal(account.next().get()))
                : Optional.empty();
        return new AccountFact(sealer.reseal(account.key()), account.location(), next);
    }

    private void replace(IssuerName issuer, Remembered fact, AccountFact next) throws LifecycleException {
        if (!memory.replace(issuer, fact.next(next.encode(), fact.at()), fact.version())) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE,
                    "MASTER_KEY_IN_USE",
                    "issuer " + issuer
                            + ": its ACME account was changed by another process at the same time; run it again");
        }
    }

    @Override
    public Map<String, Long> countByMasterKey() throws LifecycleException {
        Map<String, Long> counts = new HashMap<>();
        for (IssuerName issuer : memory.listIssuers(Accounts.KIND)) {
            for (Remembered fact : memory.list(issuer, Accounts.KIND)) {
                keysOf(Accounts.read(issuer, fact)).forEach(key -> counts.merge(key.masterKeyId(), 1L, Long::sum));
            }
        }
        return counts;
    }
}
