/**
 * What a TLS endpoint really shows, as values and one port. It looks and judges nothing: whether the shown certificate is the
 * wanted one is asked by the story, whether it is a good one by {@code policy}.
 */
package io.certwright.probe;
