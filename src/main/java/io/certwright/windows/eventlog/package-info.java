/** What happened, in the Application log of the Windows that Certwright runs on. */
package io.certwright.windows.eventlog;
