/**
 * AD CS by its web services: MS-XCEP tells the templates, MS-WSTEP takes requests. SOAP 1.2 over HTTPS, written and read by StAX, without
 * DTDs and within limits.
 */
package io.certwright.enrollment.adcs.ces;
