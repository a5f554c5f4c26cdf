/**
 * Private keys sealed at rest: AES-256-GCM under a master key that lives in a file of its owner alone, or in the environment.
 * Several master keys form a ring, the active one first, so that it can be rotated.
 */
package io.certwright.key.sealed;
