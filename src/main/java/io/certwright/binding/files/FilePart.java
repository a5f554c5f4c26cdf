package io.certwright.binding.files;

import java.util.Locale;

/** What one of the files holds; the key in the settings is the name in lower case. */
enum FilePart {
    /** The leaf, PEM. */
    CERT,
    /** What stands between leaf and anchor, PEM; empty where nothing does. */
    CHAIN,
    /** Leaf and chain, PEM. */
    FULLCHAIN,
    /** The private key, PKCS#8 in PEM, not encrypted. */
    KEY,
    /** All together, PKCS#12 under a password. */
    PFX;

    boolean holdsKey() {
        return this == KEY || this == PFX;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
