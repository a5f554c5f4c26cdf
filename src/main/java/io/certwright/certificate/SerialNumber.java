package io.certwright.certificate;

import java.math.BigInteger;
import java.security.cert.X509Certificate;

/** The serial number an issuing CA gave (RFC 5280, 4.1.2.2); shown in upper-case hex with an even number of digits. */
public record SerialNumber(BigInteger value) {
    public static SerialNumber of(X509Certificate certificate) {
        return new SerialNumber(certificate.getSerialNumber());
    }

    public static SerialNumber parseHex(String hex) {
        return new SerialNumber(new BigInteger(hex, 16));
    }

    /** Hex as Windows shows it, negative ones (which RFC 5280 forbids but the field has) with a minus sign. */
    public String hex() {
        String digits = value.abs().toString(16).toUpperCase(java.util.Locale.ROOT);
        return (value.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    @Override
    public String toString() {
        return hex();
    }
}
