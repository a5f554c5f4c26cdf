/**
 * The record: what happened to certificates, as facts with times. Stages are derived from facts; the repositories that keep them are
 * ports here and PostgreSQL at the rim.
 */
package io.certwright.lifecycle.record;
