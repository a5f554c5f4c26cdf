/**
 * What IIS and http.sys say, as values, and {@link io.certwright.iis.BindingPlan}, which decides what a rebinding would change. {@link
 * io.certwright.iis.HostState} is one look at a server; nothing here changes one.
 */
package io.certwright.iis;
