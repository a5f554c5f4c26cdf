package io.certwright.lookup;

import io.certwright.lookup.Observation.RevocationUnknown;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Revocation lists that a person brought along; what they cannot say, somebody else may.
 *
 * @param signers certificates that may have signed a list in a CA's place
 * @param at the moment as of which the lists are judged
 * @param otherwise who is asked where none of the lists can say
 */
public record GivenLists(
        List<X509CRL> lists, List<X509Certificate> signers, Instant at, Optional<RevocationLookup> otherwise)
        implements RevocationLookup {
    public GivenLists {
        lists = List.copyOf(lists);
        signers = List.copyOf(signers);
    }

    @Override
    public Observation look(X509Certificate certificate, X509Certificate issuer) {
        Observation answer = new RevocationLists(lists, signers)
                .observe(List.of(certificate, issuer), at)
                .get(0);
        return answer instanceof RevocationUnknown && otherwise.isPresent()
                ? otherwise.get().look(certificate, issuer)
                : answer;
    }
}
