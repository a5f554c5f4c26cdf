/**
 * The probe on the JDK's own TLS. What the JDK switched off for good (TLS 1.0 and 1.1, RC4, MD5 in handshakes) stays off: a
 * server that speaks nothing else is named as such, its certificate is not shown. Weak certificates are shown.
 */
package io.certwright.probe.jsse;
