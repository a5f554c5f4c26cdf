package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import java.util.List;

/** One form in which Windows takes certificates. The same bundle always gives the same bytes. */
@FunctionalInterface
interface PackageForm {
    /** No files where the bundle has nothing for this form. */
    List<PackageFile> files(TrustBundle bundle);
}
