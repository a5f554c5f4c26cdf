package io.certwright.enrollment.acme;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.ChainOrder;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a chain of what the CA gave, in any order and with strangers, and picks one where it offers several. */
final class Chains {
    private static final Logger LOG = LoggerFactory.getLogger(Chains.class);
    private static final int MOST_ALTERNATES = 8;

    private final IssuerName issuer;
    private final Optional<String> preferred;

    Chains(IssuerName issuer, Optional<String> preferred) {
        this.issuer = issuer;
        this.preferred = preferred;
    }

    CertificateChain from(EnrollmentRequest request, Certificate given) throws AcmeException, LifecycleException {
        given.download();
        CertificateChain first = chainOf(request, given.getCertificateChain());
        if (preferred.isEmpty() || leadsTo(first, preferred.get())) {
            return first;
        }
        return alternate(request, given, preferred.get()).orElseGet(() -> {
            LOG.warn(
                    "Issuer {} offers no chain that leads to {}; its own choice is taken, certificate={}",
                    issuer,
                    preferred.get(),
                    request.certificate());
            return first;
        });
    }

    /** An alternate that cannot be had is passed over: the certificate itself is there already. */
    private Optional<CertificateChain> alternate(EnrollmentRequest request, Certificate given, String root) {
        try {
            for (Certificate other : given.getAlternateCertificates().stream()
                    .limit(MOST_ALTERNATES)
                    .toList()) {
                other.download();
                CertificateChain chain = chainOf(request, other.getCertificateChain());
                if (leadsTo(chain, root)) {
                    return Optional.of(chain);
                }
            }
        } catch (AcmeException | AcmeLazyLoadingException | AcmeProtocolException | LifecycleException unusable) {
            LOG.warn("Issuer {} gives an alternate chain that cannot be read: {}", issuer, unusable.getMessage());
        }
        return Optional.empty();
    }

    private CertificateChain chainOf(EnrollmentRequest request, List<X509Certificate> given) throws LifecycleException {
        X509Certificate leaf = ChainOrder.findByKey(request.csr().publicKey(), given)
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.MALFORMED_ANSWER,
                        "ANSWER_FOR_ANOTHER_KEY",
                        "issuer " + issuer + ": none of the " + given.size()
                                + " certificates that the CA gave for " + request.certificate() + " carries the key of "
                                + request.csr()
                                + "; look at the CA for what it issued, and revoke what is not needed"));
        return ChainOrder.from(leaf, given);
    }

    /** By the common name of the last certificate's issuer; the root itself is not part of a chain. */
    private static boolean leadsTo(CertificateChain chain, String root) {
        X509Certificate last = chain.certificates().get(chain.certificates().size() - 1);
        try {
            return new LdapName(last.getIssuerX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .anyMatch(root::equals);
        } catch (InvalidNameException odd) {
            return false;
        }
    }
}
