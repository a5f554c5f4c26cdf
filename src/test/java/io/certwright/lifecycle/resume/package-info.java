/** The story in real processes that are killed: where it stops, how it goes on, and what must be true at its end. */
package io.certwright.lifecycle.resume;
