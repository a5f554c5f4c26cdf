/**
 * What makes a certificate acceptable: {@link io.certwright.policy.PolicyChain} is the list of checks, the {@code …Checks} classes
 * are the rules. Pure: no I/O, the time and everything that had to be looked up are arguments.
 */
package io.certwright.policy;
