/** A CA of AD CS, asked by {@code certreq} on a Windows host of its domain; nothing of AD CS needs to be reached from here. */
package io.certwright.enrollment.certreq;
