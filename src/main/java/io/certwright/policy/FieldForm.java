package io.certwright.policy;

import io.certwright.certificate.Printable;
import io.certwright.policy.encoding.CertificateFields;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The form of a certificate's fields, RFC 5280, 4.1: words of what is wrong with each. */
final class FieldForm {
    private static final int MOST_SERIAL_OCTETS = 20;
    private static final Pattern UTC = Pattern.compile("[0-9]{12}Z");
    private static final Pattern GENERALIZED = Pattern.compile("[0-9]{14}Z");

    private FieldForm() {}

    static Optional<String> version(Reading reading) {
        int version = reading.fields().version();
        return FormRule.when(version != 3, "got version " + version + ", wanted version 3");
    }

    static Optional<String> serial(Reading reading) {
        CertificateFields fields = reading.fields();
        if (fields.serial().signum() <= 0) {
            return Optional.of("got a serial number that is " + (fields.serial().signum() == 0 ? "zero" : "negative")
                    + ", wanted a positive one");
        }
        return FormRule.when(
                fields.serialOctets() > MOST_SERIAL_OCTETS,
                "got a serial number of " + fields.serialOctets() + " octets, wanted at most " + MOST_SERIAL_OCTETS);
    }

    static Optional<String> algorithms(Reading reading) {
        return FormRule.when(
                !reading.fields().signatureAlgorithmsAgree(),
                "the signature algorithm beside the signature is not the one that was signed, wanted the same twice, "
                        + "parameters included");
    }

    static Optional<String> issuer(Reading reading) {
        return FormRule.when(reading.fields().issuer().isEmpty(), "got an empty issuer, wanted the name of its CA");
    }

    static Optional<String> subject(Reading reading) {
        return FormRule.when(
                !reading.isLeaf() && reading.fields().subject().isEmpty(),
                "got a CA without a subject, wanted its name");
    }

    static Optional<String> brokenDates(Reading reading) {
        return datesOf(reading)
                .filter(date -> !(date.isUtcTime() ? UTC : GENERALIZED)
                        .matcher(date.text())
                        .matches())
                .findFirst()
                .map(date -> "got the date " + Printable.quote(date.text()) + ", wanted it with seconds and Z");
    }

    static Optional<String> oddDates(Reading reading) {
        return datesOf(reading)
                .filter(date -> !date.isUtcTime() && date.text().compareTo("2050") < 0)
                .findFirst()
                .map(date -> "got the GeneralizedTime " + Printable.quote(date.text())
                        + ", wanted UTCTime for dates before 2050");
    }

    private static Stream<CertificateFields.Date> datesOf(Reading reading) {
        return Stream.of(reading.fields().notBefore(), reading.fields().notAfter());
    }

    static Optional<String> uniqueIds(Reading reading) {
        return FormRule.when(
                reading.fields().hasUniqueIds(), "got a unique identifier of issuer or subject, wanted none");
    }
}
