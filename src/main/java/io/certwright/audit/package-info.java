/** Who did what when, on what: entries chained by their hashes, so that a changed or missing one shows. */
package io.certwright.audit;
