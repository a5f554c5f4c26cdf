package io.certwright.enrollment.builtin;

import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SealedStock;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The sealed keys of all built-in CAs that ever were, also of those that the settings no longer name. */
public final class AuthorityStock implements SealedStock {
    private final IssuerMemory memory;

    public AuthorityStock(IssuerMemory memory) {
        this.memory = memory;
    }

    @Override
    public int reseal(KeySealer sealer, String activeId) throws LifecycleException {
        int resealed = 0;
        for (IssuerName issuer : memory.listIssuers(Hierarchy.KIND)) {
            for (Remembered fact : memory.list(issuer, Hierarchy.KIND)) {
                if (!keyOf(issuer, fact).masterKeyId().equals(activeId)) {
                    reseal(issuer, fact, sealer);
                    resealed++;
                }
            }
        }
        return resealed;
    }

    private void reseal(IssuerName issuer, Remembered fact, KeySealer sealer) throws LifecycleException {
        try {
            SealedKey next = sealer.reseal(AuthorityCodec.key(fact.value()));
            byte[] value = AuthorityCodec.encode(AuthorityCodec.certificate(fact.value()), next);
            if (!memory.replace(issuer, fact.next(value, fact.at()), fact.version())) {
                throw new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "MASTER_KEY_IN_USE",
                        "issuer " + issuer + ": its CA " + fact.key()
                                + " was changed by another process at the same time; run it again");
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw Hierarchy.damaged(issuer, fact, damaged);
        }
    }

    @Override
    public Map<String, Long> countByMasterKey() throws LifecycleException {
        Map<String, Long> counts = new HashMap<>();
        for (IssuerName issuer : memory.listIssuers(Hierarchy.KIND)) {
            for (Remembered fact : memory.list(issuer, Hierarchy.KIND)) {
                counts.merge(keyOf(issuer, fact).masterKeyId(), 1L, Long::sum);
            }
        }
        return counts;
    }

    private static SealedKey keyOf(IssuerName issuer, Remembered fact) throws LifecycleException {
        try {
            return AuthorityCodec.key(fact.value());
        } catch (IOException | IllegalArgumentException damaged) {
            throw Hierarchy.damaged(issuer, fact, damaged);
        }
    }
}
