/** Fixtures that tests of several rooms share: a certificate authority that really signs, and keys for it. */
package io.certwright.testing;
