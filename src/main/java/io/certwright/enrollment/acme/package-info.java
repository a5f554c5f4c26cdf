/**
 * A CA that speaks ACME (RFC 8555), such as Let's Encrypt: account, order, validation by http-01 or dns-01, certificate. An order is
 * remembered by the intent it serves, so that a crash or a slow CA costs no second one.
 */
package io.certwright.enrollment.acme;
