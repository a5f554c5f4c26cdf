package io.certwright.windows;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.SecretBytes;
import io.certwright.windows.HostCall.EventKind;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;

/** The values that travel as one JSON text, and how each is read. */
final class TextTypes {
    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            String.class, text -> text,
            Thumbprint.class, Thumbprint::parse,
            DnsName.class, DnsName::parse,
            NetshKey.class, NetshKey::new,
            Instant.class, TextTypes::instant,
            StoreName.class, text -> named(StoreName.values(), text),
            EventKind.class, text -> named(EventKind.values(), text),
            X509Certificate.class, TextTypes::certificate,
            SecretBytes.class, TextTypes::secret);

    private TextTypes() {}

    static boolean isText(Class<?> type) {
        return X509Certificate.class.isAssignableFrom(type) || READERS.containsKey(type);
    }

    static Object parse(Class<?> type, String text) {
        Function<String, ?> reader = READERS.get(type);
        if (reader == null) {
            throw new IllegalArgumentException(type.getSimpleName() + ": nothing here reads it from a text");
        }
        return reader.apply(text);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException other) {
            throw new IllegalArgumentException("got another text, wanted a time such as 2026-11-22T03:37:33Z", other);
        }
    }

    private static <E extends Enum<E>> E named(E[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("got another text, wanted one of " + Arrays.toString(values)));
    }

    private static SecretBytes secret(String base64) {
        return SecretBytes.of(Base64.getDecoder().decode(base64));
    }

    private static X509Certificate certificate(String base64) {
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException unreadable) {
            throw new IllegalArgumentException("got something else, wanted a certificate", unreadable);
        }
    }
}
