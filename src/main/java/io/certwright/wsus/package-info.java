/**
 * A WSUS server held against what it should be: inspected, its drift named with each fix, switched to TLS step by step in the safe order,
 * and put back. What renews the certificate is the story; this room requires TLS where clients are ready for it.
 */
package io.certwright.wsus;
