/**
 * The nouns of X.509 as immutable values that check themselves. Knows only the JDK; reading extensions and making keys is the
 * business of {@code crypto}, judging a certificate that of {@code policy}.
 */
package io.certwright.certificate;
