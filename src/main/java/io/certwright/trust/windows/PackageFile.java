package io.certwright.trust.windows;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import java.util.regex.Pattern;

/**
 * One file of a package.
 *
 * @param name fit for any file system: no separator, no space
 * @param purpose what it is for, in a sentence for the README
 */
record PackageFile(String name, byte[] content, String purpose) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,119}");

    PackageFile {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("package file: got name " + Printable.quote(name)
                    + ", wanted at most 120 letters, digits, dots and hyphens");
        }
    }

    String sha256() {
        return Sha256Fingerprint.ofDer(content).hex();
    }
}
