/**
 * Reads settings files and the environment to nodes with positions, and reports all faults together, each with file, line and
 * column. Knows no setting: each room reads its own from a {@link io.certwright.config.ConfigMapping}.
 */
package io.certwright.config;
