package io.certwright.policy;

import io.certwright.certificate.Printable;
import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.CertificateFields;
import io.certwright.policy.encoding.Extensions;
import io.certwright.policy.encoding.RawExtension;
import java.util.Locale;
import java.util.Optional;

/** The identifiers by which certificates point to the key above them, RFC 5280, 4.2.1.1 and 4.2.1.2: words of what is wrong. */
final class KeyIdForm {
    private KeyIdForm() {}

    static Optional<String> authorityKeyIdPresence(Reading reading) {
        return FormRule.when(
                !reading.isSelfIssued()
                        && reading.fields().find(Extensions.AUTHORITY_KEY_ID).isEmpty(),
                "got no authority key identifier, wanted the identifier of its issuer's key");
    }

    static Optional<String> authorityKeyIdShape(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.AUTHORITY_KEY_ID);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        Extensions.AuthorityKeyId found = Extensions.authorityKeyId(extension.get());
        if (found.hasIssuer() != found.hasSerial()) {
            return Optional.of("its authority key identifier has issuer or serial number without the other, wanted "
                    + "both or none");
        }
        if (found.keyId().isEmpty()) {
            return FormRule.when(
                    !reading.isSelfIssued(),
                    "its authority key identifier has no key identifier, wanted the one of its issuer's key");
        }
        return aboveKeyId(reading)
                .filter(above -> !above.equals(found.keyId().get()))
                .map(above ->
                        "its authority key identifier is " + hex(found.keyId().get())
                                + ", wanted the subject key identifier of its issuer, " + hex(above));
    }

    private static Optional<String> aboveKeyId(Reading reading) throws BrokenEncoding {
        if (reading.issuer().isEmpty()) {
            return Optional.empty();
        }
        Optional<RawExtension> above =
                CertificateFields.of(reading.issuer().get()).find(Extensions.SUBJECT_KEY_ID);
        return above.isPresent() ? Optional.of(Extensions.subjectKeyId(above.get())) : Optional.empty();
    }

    private static String hex(String keyId) {
        return Printable.escape(keyId.toUpperCase(Locale.ROOT), 64);
    }

    static Optional<String> subjectKeyId(Reading reading) {
        return FormRule.when(
                !reading.isLeaf()
                        && reading.fields().find(Extensions.SUBJECT_KEY_ID).isEmpty(),
                "got a CA without subject key identifier, wanted one");
    }
}
