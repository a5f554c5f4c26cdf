package io.certwright.app.settings;

import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import java.util.Optional;
import java.util.function.BiFunction;

/** An issuer that is asked on a Windows host of the settings. */
record IssuerOnHost(String on, boolean bringsKeys, BiFunction<IssuerName, IssuerChoice.Parts, Issuer> making)
        implements IssuerChoice {
    @Override
    public Issuer make(IssuerName name, Parts parts) {
        return making.apply(name, parts);
    }

    @Override
    public Optional<String> host() {
        return Optional.of(on);
    }
}
