/** Keys that are made on a Windows host by {@code certreq} and never leave it. */
package io.certwright.key.windows;
