/** Certificates that are watched but not managed here: what endpoints show and files hold, when it ends, and when it changes. */
package io.certwright.lifecycle.watch;
