/** The way to IIS in front of a CA: bounded exchanges over HTTPS, as whom the settings say. */
package io.certwright.enrollment.adcs.access;
