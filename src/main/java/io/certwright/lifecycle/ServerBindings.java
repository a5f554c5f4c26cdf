package io.certwright.lifecycle;

import io.certwright.binding.BindingName;
import io.certwright.binding.ServerBinding;

/** Port: the bindings of the settings in force, as {@link Issuers} are. Safe for many threads. */
@FunctionalInterface
public interface ServerBindings {
    /** Every binding that a certificate names is known. */
    ServerBinding get(BindingName name);
}
