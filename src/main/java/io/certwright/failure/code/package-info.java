/** What the error codes of Windows, WSUS and AD CS mean to people who run TLS there: meaning, usual cause, fix. Knows only the JDK. */
package io.certwright.failure.code;
