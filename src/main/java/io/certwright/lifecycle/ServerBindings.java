package io.certwright.lifecycle;

import io.certwright.binding.BindingName;
import io.certwright.binding.ServerBinding;

/** The configured bindings. */
@FunctionalInterface
public interface ServerBindings {
    /** Every binding that a certificate names is known. */
    ServerBinding get(BindingName name);
}
