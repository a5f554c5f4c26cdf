/** The issuer that signs each certificate with the certificate's own key: for trying things out, every certificate its own anchor. */
package io.certwright.enrollment.selfsigned;
