/**
 * PostgreSQL: connections, transactions, migrations, and one repository per aggregate, with plain SQL over JDBC. The only package
 * besides {@code embedded} that names JDBC, the pool or the migration tool.
 */
package io.certwright.store.postgres;
