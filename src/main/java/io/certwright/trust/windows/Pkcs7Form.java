package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code .p7b} for each store: PKCS#7 SignedData without signers (RFC 2315, 9.1), version 1, in DER. Windows' certificate
 * import and {@code certutil -addstore} take all certificates of it, {@code Import-Certificate} only the first.
 */
final class Pkcs7Form implements PackageForm {
    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        for (WindowsStore store : WindowsStore.values()) {
            List<X509Certificate> certificates = store.certificatesOf(bundle);
            if (!certificates.isEmpty()) {
                files.add(new PackageFile(
                        store.filePrefix() + ".p7b",
                        encode(certificates),
                        "All certificates for " + store.words() + ", for certutil, the certificates console and GPO."));
            }
        }
        return files;
    }

    /** The JDK writes the set of certificates in DER's order, so their order here does not matter. */
    static byte[] encode(List<X509Certificate> certificates) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return factory.generateCertPath(certificates).getEncoded("PKCS7");
        } catch (CertificateException impossible) {
            throw new IllegalStateException("parsed certificates could not be written as PKCS#7", impossible);
        }
    }
}
