/** What the world outside a certificate says: DNS, revocation lists and OCSP, as facts that were looked up at some instant. */
package io.certwright.lookup;
