/**
 * Binds in IIS: puts the certificate with its key into the machine's store, shows that the key can be used, and points the https
 * bindings of a site on a port at it, each in its place. What changes is decided by {@link io.certwright.iis.BindingPlan}.
 */
package io.certwright.binding.iis;
