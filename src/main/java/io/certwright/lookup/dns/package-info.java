/** DNS as this system resolves it, with a limit, and with a rest after it did not answer. */
package io.certwright.lookup.dns;
