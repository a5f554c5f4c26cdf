/**
 * The logs of ConfigMgr after a software update point was switched to TLS, read into one verdict: what was seen in its order, what is
 * awaited next, or what failed and how to mend it.
 */
package io.certwright.wsus.logs;
