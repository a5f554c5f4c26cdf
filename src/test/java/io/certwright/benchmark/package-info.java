/** Measurements by JMH, compiled with the tests and never run by them; {@code docs/performance.md} says how and what came out. */
package io.certwright.benchmark;
