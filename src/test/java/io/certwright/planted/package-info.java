/** Breaches of every rule of the house, planted so that a test can show that the rules see them. */
package io.certwright.planted;
