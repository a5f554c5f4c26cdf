/**
 * What is out there: the https bindings of Windows hosts with their certificates, managed or not, and how one that is managed by hand
 * today comes into the settings. Changes nothing on a host.
 */
package io.certwright.discovery;
