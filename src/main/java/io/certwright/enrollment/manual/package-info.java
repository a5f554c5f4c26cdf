/** The CA that people ask: writes a request and a text for the PKI team into a folder, waits, and takes the answer as a file. */
package io.certwright.enrollment.manual;
