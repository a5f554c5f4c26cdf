/** How settings come to be where there are none: what people are asked, the text that their answers make, and how it is tried before it is written. */
package io.certwright.setup;
