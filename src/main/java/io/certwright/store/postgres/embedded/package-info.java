/**
 * A PostgreSQL server of our own, unpacked from the distribution and kept in one folder. It outlives the process that started it;
 * every process that uses it holds a lease, and the last one out stops it.
 */
package io.certwright.store.postgres.embedded;
