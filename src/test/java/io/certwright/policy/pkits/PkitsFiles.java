package io.certwright.policy.pkits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The certificates and revocation lists of NIST's Public Key Interoperability Test Suite, as the Python package
 * {@code cryptography_vectors} carries them: in the folder that the variable {@code CERTWRIGHT_PKITS} names, where {@code .ci/run}
 * puts them, or where Python says that the package is installed.
 */
record PkitsFiles(Map<String, X509Certificate> certificates, List<X509CRL> lists) {
    static final String HOW_TO_GET =
            "the NIST vectors are not here: python3 -m pip install --no-deps --target target/pkits cryptography_vectors";
    private static final String INSIDE = "x509/PKITS_data";
    private static final String ASK_PYTHON =
            "import os, cryptography_vectors; print(os.path.dirname(cryptography_vectors.__file__))";

    static Optional<PkitsFiles> find() throws IOException, InterruptedException {
        List<Path> places = new ArrayList<>();
        Optional.ofNullable(System.getenv("CERTWRIGHT_PKITS")).map(Path::of).ifPresent(places::add);
        places.add(Path.of("target", "pkits", "cryptography_vectors").resolve(INSIDE));
        pythonsFolder().map(folder -> folder.resolve(INSIDE)).ifPresent(places::add);
        Optional<Path> found = places.stream().filter(Files::isDirectory).findFirst();
        return found.isPresent() ? Optional.of(read(found.get())) : Optional.empty();
    }

    private static PkitsFiles read(Path folder) throws IOException {
        Map<String, X509Certificate> certificates = new TreeMap<>();
        List<X509CRL> lists = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Path file : listed(folder.resolve("certs"), ".crt")) {
                try (InputStream in = Files.newInputStream(file)) {
                    String name = file.getFileName().toString();
                    certificates.put(name.substring(0, name.length() - ".crt".length()), (X509Certificate)
                            factory.generateCertificate(in));
                }
            }
            for (Path file : listed(folder.resolve("crls"), ".crl")) {
                try (InputStream in = Files.newInputStream(file)) {
                    lists.add((X509CRL) factory.generateCRL(in));
                }
            }
        } catch (CertificateException | CRLException unreadable) {
            throw new IllegalStateException("the NIST vectors in " + folder + " do not parse", unreadable);
        }
        return new PkitsFiles(certificates, List.copyOf(lists));
    }

    private static List<Path> listed(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Path> pythonsFolder() throws InterruptedException {
        try {
            Process python = new ProcessBuilder("python3", "-c", ASK_PYTHON)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return python.waitFor(20, TimeUnit.SECONDS) && python.exitValue() == 0
                    ? Optional.of(Path.of(answer))
                    : Optional.empty();
        } catch (IOException noPython) {
            return Optional.empty();
        }
    }
}
