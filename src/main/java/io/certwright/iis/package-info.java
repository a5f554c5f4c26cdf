/**
 * What IIS and http.sys say, as values, and {@link io.certwright.iis.BindingPlan}, which decides what a rebinding would change. Nothing
 * here talks to a server.
 */
package io.certwright.iis;
