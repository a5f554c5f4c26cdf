/** Calls on the machine that Certwright itself runs on: starts Windows PowerShell 5.1, always the 64-bit one. */
package io.certwright.windows.local;
