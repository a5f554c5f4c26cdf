package io.certwright.app.settings;

import io.certwright.config.ConfigMapping;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An issuer that is asked on a Windows host of the settings.
 *
 * @param where the settings in which {@code host} stands
 */
record IssuerOnHost(
        ConfigMapping where, String on, boolean bringsKeys, BiFunction<IssuerName, IssuerChoice.Parts, Issuer> making)
        implements IssuerChoice {
    @Override
    public Issuer make(IssuerName name, Parts parts) {
        return making.apply(name, parts);
    }

    @Override
    public Optional<String> host() {
        return Optional.of(on);
    }

    @Override
    public void requireHostAmong(Collection<String> hosts) {
        if (!hosts.contains(on)) {
            where.fault("host", "got \"" + on + "\", wanted one of the hosts of the settings");
        }
    }
}
