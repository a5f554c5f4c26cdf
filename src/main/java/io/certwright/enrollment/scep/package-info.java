/**
 * A CA that speaks SCEP (RFC 8894), such as NDES: RSA keys, a challenge password, and a transaction that can be asked about until it
 * is decided.
 */
package io.certwright.enrollment.scep;
