package io.certwright.trust;

/** Where the package of a client group lies, and the SHA-256 (upper-case hex) of the manifest that names each of its files. */
public record PublishedPackage(String location, String manifestSha256) {}
