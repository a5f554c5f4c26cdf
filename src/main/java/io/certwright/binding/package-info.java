/**
 * Pointing a server at a certificate: the port {@link io.certwright.binding.ServerBinding}, what is remembered before the first
 * change, and who may change a host now. Nothing here decides whether a certificate is good or when it may be bound.
 */
package io.certwright.binding;
