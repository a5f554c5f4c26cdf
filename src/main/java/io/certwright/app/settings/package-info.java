/** The settings as a whole: every room's part read by its own reader, references between them checked, all faults at once. */
package io.certwright.app.settings;
