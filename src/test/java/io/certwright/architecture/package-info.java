/** Holds the code against the table of rooms in the architecture document, and the rules against planted breaches. */
package io.certwright.architecture;
