/**
 * The command line: one class per command, and the frame around them that reads options, shows answers to people or as JSON, and
 * turns every failure into one sentence and one exit code. Holds no rules; it calls use cases that it gets from {@link io.certwright.cli.Rooms}.
 */
package io.certwright.cli;
