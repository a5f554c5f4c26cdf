/**
 * The trust package of a client group in the forms that Windows takes, written to a folder or share. A further form is one class
 * that implements {@link io.certwright.trust.windows.PackageForm} and one line in {@link io.certwright.trust.windows.TrustPackage}.
 */
package io.certwright.trust.windows;
