/**
 * What stands in a certificate's encoding, read strictly and judged by nobody here: a second reader beside the JDK's, which
 * forgives what RFC 5280 forbids.
 */
package io.certwright.policy.encoding;
