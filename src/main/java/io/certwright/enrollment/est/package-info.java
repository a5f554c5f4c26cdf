/** A CA that speaks EST (RFC 7030, RFC 8951): plain HTTPS, a CSR goes in and a PKCS#7 comes back. */
package io.certwright.enrollment.est;
