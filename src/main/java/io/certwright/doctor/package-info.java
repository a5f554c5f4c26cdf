/**
 * Looks over our own surroundings: what would keep certificates from being renewed, served or mailed about, each with what mends it.
 * Changes nothing.
 */
package io.certwright.doctor;
