package io.certwright.app;

import io.certwright.binding.BindingName;
import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.failure.LifecycleException;
import io.certwright.key.windows.HostKeys;
import io.certwright.lifecycle.Keys;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.security.KeyPair;
import java.util.function.Function;

/**
 * Keys made here (generated, used once for the CSR, sealed, and forgotten in the open), and on the hosts that certificates are bound on.
 *
 * @param onHostOf makes keys on the host of a binding
 */
record SealedKeys(
        KeyGenerator generator, CsrBuilder requests, KeySealer sealer, Function<BindingName, HostKeys> onHostOf)
        implements Keys {
    @Override
    public KeyWithRequest make(KeySpec spec, SubjectAlternativeNames names) throws LifecycleException {
        KeyPair pair = generator.generate(spec);
        return new KeyWithRequest(sealer.seal(pair), requests.build(names, pair));
    }

    /** All bindings of such a certificate are on one host: the settings say so, or were refused. */
    @Override
    public HostKey makeOnHost(ManagedCertificate wish) throws LifecycleException {
        HostKeys host = onHostOf.apply(wish.bindings().get(0));
        CertificateSigningRequest request = host.make(wish.key(), wish.names());
        return new HostKey(host.referenceOf(request), request);
    }
}
