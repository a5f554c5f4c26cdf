package io.certwright.cli;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFile;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.Look;
import io.certwright.probe.ManyEndpoints;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Finds the certificates that words mean: a file that is there, else {@code host:port}, else a name of the settings, else a file that
 * is not there. One word that means nothing does not hide the others.
 *
 * @param manner how endpoints are to be looked at
 * @param alongside certificates to put behind each chain
 * @param passwords open a PFX
 */
record CheckTargets(
        ManyEndpoints endpoints,
        LookOptions manner,
        List<X509Certificate> alongside,
        CheckPasswords passwords,
        CheckInventory inventory) {
    /** In the order of the words; a file with several server certificates gives one for each. */
    List<CheckTarget> find(List<String> words, IntConsumer endpointsDone) throws InterruptedException {
        List<Endpoint> places = words.stream()
                .flatMap(word -> endpointOf(word).stream())
                .distinct()
                .toList();
        Map<Endpoint, Look> looks = endpoints.lookAt(places, endpointsDone).stream()
                .collect(Collectors.toMap(Look::endpoint, look -> look));
        return words.stream()
                .flatMap(word -> endpointOf(word)
                        .flatMap(place -> Optional.ofNullable(looks.get(place)))
                        .map(look -> List.of(shown(word, look)))
                        .orElseGet(() -> inSettingsOrFile(word))
                        .stream())
                .toList();
    }

    private CheckTarget shown(String word, Look look) {
        if (look instanceof Look.NotShown dark) {
            return new CheckTarget.NotHeld(word, dark.why());
        }
        CertificateChain chain = ((Look.Shown) look).presented().chain();
        return new CheckTarget.Held(word, withAlongside(chain.certificates()), Optional.empty());
    }

    private List<CheckTarget> inSettingsOrFile(String word) {
        if (isFile(word)) {
            return inFile(word);
        }
        try {
            return inventory.find(word).map(List::of).orElseGet(() -> inFile(word));
        } catch (LifecycleException why) {
            return List.of(new CheckTarget.NotHeld(word, why));
        }
    }

    private List<CheckTarget> inFile(String word) {
        try {
            CertificateFile file = passwords.read(Path.of(word));
            List<CheckTarget> held = new ArrayList<>();
            FileChains found = FileChains.of(file);
            for (CertificateChain chain : found.chains()) {
                held.add(new CheckTarget.Held(word, withAlongside(chain.certificates()), Optional.empty()));
            }
            if (found.leftOut() > 0) {
                held.add(new CheckTarget.NotHeld(word, tooMany(word, found.leftOut())));
            }
            return held;
        } catch (LifecycleException why) {
            return List.of(new CheckTarget.NotHeld(word, why));
        } catch (InvalidPathException notAPath) {
            String sentence = "target " + Printable.quote(word)
                    + ": it can be no file name, wanted a file, host:port or a name of the settings";
            return List.of(new CheckTarget.NotHeld(
                    word, new LifecycleException(FailureKind.REFUSED, "FILE_ABSENT", sentence, notAPath)));
        }
    }

    private static LifecycleException tooMany(String word, int leftOut) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "TOO_MANY",
                "certificate file " + Printable.quote(word) + ": it holds " + leftOut
                        + " server certificates beyond the first " + FileChains.MOST
                        + ", which were not judged; split the file");
    }

    private IssuedCertificate withAlongside(List<X509Certificate> chain) {
        List<X509Certificate> longer = new ArrayList<>(chain);
        alongside.stream().filter(one -> !chain.contains(one)).forEach(longer::add);
        return new IssuedCertificate(new CertificateChain(longer));
    }

    private Optional<Endpoint> endpointOf(String word) {
        if (isFile(word)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Endpoint.parse(word)).map(manner::apply);
        } catch (IllegalArgumentException notAPlace) {
            return Optional.empty();
        }
    }

    private static boolean isFile(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }
}
