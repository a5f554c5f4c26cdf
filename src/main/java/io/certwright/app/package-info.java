/** The main class, the logging and the wiring: the only package that knows everybody. */
package io.certwright.app;
