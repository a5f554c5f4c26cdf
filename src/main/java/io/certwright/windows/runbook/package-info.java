/** Calls that a person carries: a folder with script and request for the host, whose answer file comes back into the same folder. */
package io.certwright.windows.runbook;
