/**
 * The built-in CA: a root and an issuing CA whose keys are sealed, everything in {@code IssuerMemory}, so that every node can
 * issue. The next issuing CA is made ahead of time; revocation lists are kept fresh.
 */
package io.certwright.enrollment.builtin;
