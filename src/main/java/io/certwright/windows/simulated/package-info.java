/**
 * A whole Windows server in memory, for tests and for {@code certwright demo windows}: certificate stores, IIS, http.sys, WSUS, services
 * and events, answering the calls as Windows does as far as it is documented, and TLS listeners that show what its http.sys table says.
 */
package io.certwright.windows.simulated;
