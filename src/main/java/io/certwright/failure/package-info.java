/** The root exception of the domain and the kinds of failure that decide what happens next. Knows only the JDK. */
package io.certwright.failure;
