/**
 * Certwright's own HTTPS and plain HTTP, and the binding that decides by a row which certificate the HTTPS one serves. A swap
 * reaches new connections only; those that stand go on with what they were made with.
 */
package io.certwright.binding.listener;
