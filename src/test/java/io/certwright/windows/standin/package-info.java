/** A command that stands in for PowerShell in tests of those who carry calls: it hands its input to a simulated server. */
package io.certwright.windows.standin;
