package io.certwright.binding.listener;

import io.certwright.binding.CertificateToBind;
import io.certwright.certificate.IssuedCertificate;
import java.util.Optional;
import java.util.function.Supplier;

/** Says which certificate is served: nothing that the handshake has not shown already. */
final class StatusPage implements ContentSource {
    private final Supplier<Optional<ServedCertificate>> serving;

    StatusPage(Supplier<Optional<ServedCertificate>> serving) {
        this.serving = serving;
    }

    @Override
    public Optional<Content> find(String path) {
        return serving.get().map(ServedCertificate::certificate).map(StatusPage::of);
    }

    private static Content of(CertificateToBind served) {
        IssuedCertificate certificate = served.certificate();
        return Content.text("Certwright\ncertificate: " + served.name() + "\nthumbprint: " + certificate.thumbprint()
                + "\nvalid until: " + certificate.validity().notAfter() + "\n");
    }
}
