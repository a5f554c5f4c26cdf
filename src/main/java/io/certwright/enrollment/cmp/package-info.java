/**
 * A CA that speaks CMP (RFC 9810, with the lightweight profile of RFC 9483): messages that are protected themselves, by a shared secret
 * or by signature, and transactions that are confirmed and can be polled.
 */
package io.certwright.enrollment.cmp;
