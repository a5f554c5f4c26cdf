/**
 * A certificate as files of another server on this machine: PEM and PFX, each replaced whole, with a command that lets the server
 * read them again. What was there before is kept, under its digest, for the way back.
 */
package io.certwright.binding.files;
