/**
 * Keys, signing requests, PEM, PKCS#12, sealing, and reading certificates as values. With the enrollment adapters the only
 * package that names the crypto library; its exceptions never leave here.
 */
package io.certwright.crypto;
