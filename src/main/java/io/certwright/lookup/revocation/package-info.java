/** Revocation as CAs publish it: CRLs and OCSP over HTTP, and the certificates of issuers that AIA names; all with limits. */
package io.certwright.lookup.revocation;
