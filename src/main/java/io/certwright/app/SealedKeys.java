package io.certwright.app;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Keys;
import java.security.KeyPair;

/** Keys made here: generated, used once for the CSR, sealed, and forgotten in the open. */
record SealedKeys(KeyGenerator generator, CsrBuilder requests, KeySealer sealer) implements Keys {
    @Override
    public KeyWithRequest make(KeySpec spec, SubjectAlternativeNames names) throws LifecycleException {
        KeyPair pair = generator.generate(spec);
        return new KeyWithRequest(sealer.seal(pair), requests.build(names, pair));
    }
}
