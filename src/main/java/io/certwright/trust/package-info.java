/**
 * What the clients of a group must have before a server may show them a certificate, and since when they have it. Values and
 * pure rules about time; the forms that Windows takes are written by {@code trust.windows}.
 */
package io.certwright.trust;
