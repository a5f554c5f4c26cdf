package io.certwright.lifecycle.resume;

import io.certwright.binding.HostLock;
import io.certwright.binding.HostName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.probe.Endpoint;
import io.certwright.store.postgres.PostgresHostLocks;
import io.certwright.store.postgres.PostgresRenewalRepository;
import io.certwright.store.postgres.PostgresTrustRepository;
import io.certwright.trust.Pin;
import io.certwright.trust.TrustBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true when a story has come to its end at last, however often it was killed. Each breach is a sentence. */
final class Aftermath {
    private static final int ALL = 100_000;

    private final StoryHouse house;
    private final Path folder;

    Aftermath(StoryHouse house, Path folder) {
        this.house = house;
        this.folder = folder;
    }

    List<String> breaches(Optional<StoredCertificate> before) throws LifecycleException {
        List<String> breaches = new ArrayList<>();
        List<Renewal> renewals = new PostgresRenewalRepository(house.database()).listLatest(OneWish.WSUS, ALL);
        renewals.stream()
                .filter(renewal -> renewal.isOpen()
                        || !renewal.standing().map(Renewal.Standing::outcome).equals(Optional.of("Renewed")))
                .forEach(renewal -> breaches.add("renewal " + renewal.id() + " ended as "
                        + renewal.standing()
                                .map(how -> how.outcome() + ": " + how.sentence())
                                .orElse("nothing")));
        List<StoredCertificate> inUse = house.certificates().listInUse();
        if (inUse.size() != 1) {
            breaches.add(inUse.size() + " certificates are in use");
            return breaches;
        }
        served(inUse.get(0), breaches);
        issued(renewals, breaches);
        trust(inUse.get(0), before, breaches);
        Optional<HostLock> lock = new PostgresHostLocks(house.database()).find(HostName.LOCAL, Instant.now());
        lock.ifPresent(held -> breaches.add("the host is still locked by " + held.holder()));
        return breaches;
    }

    private void served(StoredCertificate inUse, List<String> breaches) throws LifecycleException {
        Sha256Fingerprint wanted = inUse.certificate().sha256();
        for (ServerBinding binding : house.bindings()) {
            if (!binding.look().shows(wanted)) {
                breaches.add(binding.name() + " is bound to another certificate than the one in use");
            }
            for (Endpoint endpoint : binding.endpoints()) {
                if (!house.probe().look(endpoint).sha256().equals(wanted)) {
                    breaches.add(endpoint + " serves another certificate than the one in use");
                }
            }
        }
        if (inUse.key().isEmpty()) {
            breaches.add("the certificate in use has no key");
        } else {
            files(inUse, breaches);
        }
    }

    /** One issuance for each renewal, and none that the inventory does not know. */
    private void issued(List<Renewal> renewals, List<String> breaches) throws LifecycleException {
        List<IssuedCertificate> given = house.issued().list();
        if (given.size() != renewals.size()) {
            breaches.add("the CA issued " + given.size() + " certificates for " + renewals.size() + " renewals");
        }
        Set<Sha256Fingerprint> known =
                renewals.stream().map(Renewal::issued).flatMap(Optional::stream).collect(Collectors.toSet());
        for (IssuedCertificate certificate : given) {
            if (!known.contains(certificate.sha256())
                    || house.certificates().find(certificate.sha256()).isEmpty()) {
                breaches.add("the CA issued " + certificate.sha256() + ", which no renewal knows");
            }
        }
    }

    private void trust(StoredCertificate inUse, Optional<StoredCertificate> before, List<String> breaches)
            throws LifecycleException {
        TrustBundle given = new PostgresTrustRepository(house.database())
                .getGiven(OneWish.CLIENTS)
                .bundle();
        Stream.concat(Stream.of(inUse), before.stream())
                .map(stored ->
                        new Pin(stored.certificate().leaf(), stored.name().value()))
                .filter(pin -> !given.hasPinOf(pin))
                .forEach(pin -> breaches.add("the trust package lacks " + pin));
        if (house.publisher().find(given).isEmpty()) {
            breaches.add("the trust package on disk is not the one that was recorded");
        }
        leftOver(breaches);
    }

    /** What is written beside its place and moved there: after the end, nothing of it is left. */
    private void leftOver(List<String> breaches) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".new-") || name.endsWith(".new") || name.endsWith("-new"))
                    .forEach(name -> breaches.add("half-written file " + name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void files(StoredCertificate inUse, List<String> breaches) throws LifecycleException {
        try {
            String key = Files.readString(folder.resolve("tls/wsus.key"));
            String chain = Files.readString(folder.resolve("tls/wsus.pem"));
            String leaf = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(inUse.certificate().leaf().getEncoded());
            if (!chain.contains(leaf)) {
                breaches.add("the file with the chain holds another leaf than the one in use");
            }
            byte[] wanted = house.sealer().open(inUse.key().orElseThrow()).getEncoded();
            if (!Arrays.equals(Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", "")), wanted)) {
                breaches.add("the file with the key holds another key than that of the certificate in use");
            }
        } catch (IOException | CertificateEncodingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
