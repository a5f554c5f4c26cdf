package io.certwright.crypto;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFile.Format;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads certificates by what a file holds, not by its name: PEM, DER, PKCS#7 and PKCS#12, up to 10 MB.
 *
 * <p>Refusals: {@code FILE_ABSENT} (not there, a folder, not readable), {@code NOT_A_CERTIFICATE} (empty, HTML, something else),
 * {@code MALFORMED} (meant as a certificate but does not parse), {@code WRONG_PASSWORD}.
 */
public final class CertificateFiles {
    /** Far above any real chain, far below what would hurt. */
    private static final int LARGEST = 10 * 1024 * 1024;

    /** In one file; the bundles of all public roots have some hundreds. */
    private static final int MOST = 1_000;

    private CertificateFiles() {}

    /** A PFX is tried with the empty password. */
    public static CertificateFile read(Path file) throws LifecycleException {
        try (SecretBytes none = SecretBytes.ofText("")) {
            return read(file, none);
        }
    }

    /** All certificates of several files, in their order; one that cannot be read ends it. */
    public static List<X509Certificate> readAll(Collection<Path> files) throws LifecycleException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path file : files) {
            certificates.addAll(read(file).certificates());
        }
        return List.copyOf(certificates);
    }

    /** The password opens a PFX; other formats do without. */
    public static CertificateFile read(Path file, SecretBytes password) throws LifecycleException {
        return parse("certificate file " + Printable.quote(file.toString()), bytesOf(file), password);
    }

    /** {@code what} begins each message: {@code the answer for wsus01}. */
    public static CertificateFile parse(String what, byte[] content) throws LifecycleException {
        try (SecretBytes none = SecretBytes.ofText("")) {
            return parse(what, content, none);
        }
    }

    public static CertificateFile parse(String what, byte[] content, SecretBytes password) throws LifecycleException {
        CertificateFile file = parseAny(what, content, password);
        if (file.certificates().size() > MOST) {
            throw refused("MALFORMED", tooMany(what));
        }
        return file;
    }

    private static String tooMany(String what) {
        return what + ": it has more than " + MOST + " certificates; wanted those of one server, or split the file";
    }

    private static CertificateFile parseAny(String what, byte[] content, SecretBytes password)
            throws LifecycleException {
        if (content.length > LARGEST) {
            throw refused("NOT_A_CERTIFICATE", what + ": it is larger than 10 MB, wanted a certificate file");
        }
        if (content.length == 0) {
            throw refused("NOT_A_CERTIFICATE", what + ": it is empty, wanted a certificate");
        }
        String text = textOf(content);
        if (text.contains("-----BEGIN ")) {
            return new PemCertificates(what, password).read(text);
        }
        if (content[0] == 0x30) {
            return new DerCertificates(what, password).read(content, Format.DER);
        }
        throw refused("NOT_A_CERTIFICATE", what + ": " + guess(text));
    }

    static LifecycleException refused(String code, String sentence) {
        return new LifecycleException(FailureKind.REFUSED, code, sentence);
    }

    private static String guess(String text) {
        if (text.stripLeading().startsWith("<")) {
            return "it is a web page or XML, no certificate; perhaps an error page was saved in place of the file";
        }
        return "it is no certificate; wanted PEM, DER, PKCS#7 (.p7b) or PKCS#12 (.pfx)";
    }

    /** Windows PowerShell's {@code >} writes UTF-16 with a byte order mark; PEM itself is ASCII. */
    private static String textOf(byte[] content) {
        boolean little = content.length > 1 && content[0] == (byte) 0xFF && content[1] == (byte) 0xFE;
        boolean big = content.length > 1 && content[0] == (byte) 0xFE && content[1] == (byte) 0xFF;
        Charset charset = little || big ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
        return new String(content, charset);
    }

    private static byte[] bytesOf(Path file) throws LifecycleException {
        String what = "certificate file " + Printable.quote(file.toString());
        if (Files.isDirectory(file)) {
            throw refused("FILE_ABSENT", what + ": that is a folder, wanted a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file) && !isHandedOver(file)) {
            throw refused(
                    "FILE_ABSENT", what + ": it is no ordinary file, and reading it might never end; wanted a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException absent) {
            throw new LifecycleException(
                    FailureKind.REFUSED, "FILE_ABSENT", what + ": it is not there; check the path", absent);
        } catch (IOException unreadable) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "FILE_ABSENT",
                    what + ": it cannot be read (" + unreadable.getClass().getSimpleName() + "); check its permissions",
                    unreadable);
        }
    }

    /** What a shell hands over, {@code <(…)} or standard input: whoever does that also ends it. */
    private static boolean isHandedOver(Path file) {
        return file.startsWith("/dev/fd") || file.startsWith("/dev/stdin") || file.startsWith("/proc/self/fd");
    }
}
