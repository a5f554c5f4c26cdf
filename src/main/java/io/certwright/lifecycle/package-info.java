/**
 * The story of a certificate: {@link io.certwright.lifecycle.CertificateLifecycle} reads from top to bottom, each of its steps is a
 * class here, and everything that touches the world is a port.
 */
package io.certwright.lifecycle;
