package io.certwright.lookup;

import io.certwright.lookup.Observation.RevocationUnknown;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Revocation lists that a person brought along; what they cannot say, somebody else may.
 *
 * @param at the moment as of which the lists are judged
 * @param otherwise who is asked where none of the lists can say
 */
public record GivenLists(List<ListJudgement.Named> lists, Instant at, Optional<RevocationLookup> otherwise)
        implements RevocationLookup {
    public GivenLists {
        lists = List.copyOf(lists);
    }

    @Override
    public Observation look(X509Certificate certificate, X509Certificate issuer) {
        List<ListJudgement.Named> ofIssuer = lists.stream()
                .filter(named -> named.list().issuer().equals(certificate.getIssuerX500Principal()))
                .toList();
        Observation answer = ListJudgement.judge(certificate, issuer, ofIssuer, at);
        return answer instanceof RevocationUnknown && otherwise.isPresent()
                ? otherwise.get().look(certificate, issuer)
                : answer;
    }
}
