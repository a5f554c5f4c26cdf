/** Certificates that auto-enrolment, or a person, puts into a host's LocalMachine\My: found there and taken as issued. */
package io.certwright.enrollment.windowsstore;
