package io.certwright.iis;

/**
 * The attribute {@code sslFlags} of an IIS binding: a set of bits. Only two of them matter to where the certificate is kept; the others
 * (HTTP/2, OCSP stapling, QUIC, TLS 1.3, old TLS, client certificates, and whatever Windows adds) are carried along as they are.
 */
public record SslFlags(int bits) {
    private static final int SNI = 1;
    private static final int CENTRAL_STORE = 2;

    public static final SslFlags NONE = new SslFlags(0);

    public SslFlags {
        if (bits < 0) {
            throw new IllegalArgumentException("sslFlags: got " + bits + ", wanted 0 or more");
        }
    }

    /** The certificate is chosen by the name that the client sends in the handshake. */
    public boolean usesSni() {
        return (bits & SNI) != 0;
    }

    /** The certificate is a file in the central certificate store, not one of the machine's store. */
    public boolean usesCentralStore() {
        return (bits & CENTRAL_STORE) != 0;
    }

    @Override
    public String toString() {
        return Integer.toString(bits);
    }
}
