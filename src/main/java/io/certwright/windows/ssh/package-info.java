/** Calls carried by SSH to the OpenSSH server of Windows: its key must be known, ours or a password logs us in, every wait has an end. */
package io.certwright.windows.ssh;
