/** Certwright: obtains, checks, publishes, binds, proves and watches the TLS certificates of servers. */
package io.certwright;
