/** Carries digests to a program of ours: JSON over HTTPS, signed, every wait limited. The second channel beside mail. */
package io.certwright.alert.webhook;
