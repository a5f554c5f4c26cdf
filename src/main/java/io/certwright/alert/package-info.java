/**
 * When to tell whom: thresholds before expiry, alerts, the outbox that keeps them until they are delivered, and the run that
 * delivers them. Knows nothing about renewal or about mail: alerts go out even when the story is broken.
 */
package io.certwright.alert;
