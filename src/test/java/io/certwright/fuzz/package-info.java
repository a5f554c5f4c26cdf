/** Coverage-guided fuzzing of everything that reads what others wrote: the targets, their corpus and how it is replayed. */
package io.certwright.fuzz;
