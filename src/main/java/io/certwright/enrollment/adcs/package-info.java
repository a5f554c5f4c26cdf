/**
 * Microsoft's AD CS: how a request is put, told by its number and collected, and what the CA's error codes mean. The ways to it are
 * subpackages: {@code web} (the certsrv pages), {@code ces} (MS-XCEP and MS-WSTEP), {@code access} (as whom, over HTTPS).
 */
package io.certwright.enrollment.adcs;
