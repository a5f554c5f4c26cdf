package io.certwright.enrollment.adcs;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What a CA of AD CS made of a request. */
public sealed interface Disposition {
    /** It issued: the leaf and what helps to find its chain, in any order and with strangers among them. */
    record Given(List<X509Certificate> certificates) implements Disposition {
        public Given {
            certificates = List.copyOf(certificates);
        }
    }

    /** Taken under submission: a person there decides. {@code words} are the CA's own. */
    record UnderSubmission(String words) implements Disposition {}

    /** It says no, in its own {@code words}, and by an HRESULT where it gives one. */
    record Refused(String words, Optional<Integer> code) implements Disposition {}
}
