/**
 * Exchanges over HTTP with servers that are configured by name, such as a CA: bounded in time and size, never redirected, trusting
 * what the settings say. The certificate of the other side is always checked.
 */
package io.certwright.http;
