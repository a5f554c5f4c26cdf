/**
 * Programs of others, such as a reload command or a DNS hook: started without a shell, without our environment's secrets, with a limit
 * at which they and all that they started are ended. Says how a run ended; what that means is its caller's to say.
 */
package io.certwright.program;
