/**
 * The clock's door: Quartz says when, on whichever node is free; what is due stands in the database, and what is to be done then is a
 * use case. Jobs hold no rules.
 */
package io.certwright.schedule;
