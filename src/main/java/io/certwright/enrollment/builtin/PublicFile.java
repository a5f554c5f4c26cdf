package io.certwright.enrollment.builtin;

/** A file that clients fetch without asking who they are: a revocation list or a CA certificate, in DER. */
public record PublicFile(String contentType, byte[] content) {
    public PublicFile {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }
}
