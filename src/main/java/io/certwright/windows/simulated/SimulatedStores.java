package io.certwright.windows.simulated;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateDraft;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateSigner;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.Pkcs12Codec;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.Nothing;
import io.certwright.windows.HostCall.ProgramOutput;
import io.certwright.windows.RequestCall.HostRequest;
import io.certwright.windows.RequestCall.InstallHostCertificate;
import io.certwright.windows.RequestCall.NewHostRequest;
import io.certwright.windows.StoreCall.CertificateInStore;
import io.certwright.windows.StoreCall.GetStoredCertificates;
import io.certwright.windows.StoreCall.ImportCertificateOnly;
import io.certwright.windows.StoreCall.ImportPfx;
import io.certwright.windows.StoreCall.KeySignature;
import io.certwright.windows.StoreCall.NewKeySignature;
import io.certwright.windows.StoreCall.RemoveStoredCertificate;
import io.certwright.windows.StoreCall.SetFriendlyName;
import io.certwright.windows.StoreCall.Stored;
import io.certwright.windows.StoreCall.StoredCertificates;
import io.certwright.windows.StoreName;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/** The certificate stores of the machine with their keys, and certreq. */
final class SimulatedStores {
    private static final Pattern DNS = Pattern.compile("dns=([^&\"\\s]+)");
    private static final Pattern KEY_LENGTH = Pattern.compile("(?m)^KeyLength *= *([0-9]+)");

    /** What no Java reads, with what it was put into the store as. */
    private record Odd(StoreName store, CertificateInStore shown) {}

    private final List<Odd> odd = new ArrayList<>();
    private final Map<StoreName, Map<Thumbprint, StoredItem>> stores = new EnumMap<>(StoreName.class);
    private final Clock clock;
    private final SecureRandom random;

    SimulatedStores(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        for (StoreName name : StoreName.values()) {
            stores.put(name, new LinkedHashMap<>());
        }
    }

    void answer(CallTable table) {
        table.on(GetStoredCertificates.class, call -> list(call.store()));
        table.on(ImportPfx.class, this::importPfx);
        table.on(ImportCertificateOnly.class, this::importCertificate);
        table.on(SetFriendlyName.class, this::name);
        table.on(RemoveStoredCertificate.class, this::remove);
        table.on(NewKeySignature.class, this::sign);
        table.on(NewHostRequest.class, this::request);
        table.on(InstallHostCertificate.class, this::accept);
    }

    void put(StoreName store, StoredItem item) {
        items(store).put(item.thumbprint(), item);
    }

    Optional<StoredItem> find(StoreName store, Thumbprint thumbprint) {
        return Optional.ofNullable(items(store).get(thumbprint));
    }

    List<StoredItem> all(StoreName store) {
        return List.copyOf(items(store).values());
    }

    /** What Schannel sends with a leaf: what it finds in LocalMachine\CA, up to and without a root. */
    List<X509Certificate> chainOf(X509Certificate leaf) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        Optional<X509Certificate> next = issuerOf(leaf);
        while (next.isPresent() && chain.size() < 10) {
            chain.add(next.get());
            next = issuerOf(next.get());
        }
        return chain;
    }

    private Optional<X509Certificate> issuerOf(X509Certificate certificate) {
        X500Principal issuer = certificate.getIssuerX500Principal();
        return items(StoreName.CA).values().stream()
                .map(StoredItem::certificate)
                .filter(each -> each.getSubjectX500Principal().equals(issuer))
                .filter(each -> !issuer.equals(certificate.getSubjectX500Principal()))
                .findFirst();
    }

    /** Whether this machine trusts a leaf, with what the server sends and with its own intermediates. */
    boolean trusts(List<X509Certificate> sent) {
        List<X509Certificate> known = new ArrayList<>(sent);
        all(StoreName.CA).forEach(item -> known.add(item.certificate()));
        X509Certificate last = sent.get(0);
        for (int i = 0; i < 10; i++) {
            X500Principal issuer = last.getIssuerX500Principal();
            if (all(StoreName.ROOT).stream()
                    .anyMatch(
                            root -> root.certificate().getSubjectX500Principal().equals(issuer))) {
                return true;
            }
            Optional<X509Certificate> next = known.stream()
                    .filter(each -> each.getSubjectX500Principal().equals(issuer))
                    .findFirst();
            if (next.isEmpty() || next.get().equals(last)) {
                return false;
            }
            last = next.get();
        }
        return false;
    }

    private Map<Thumbprint, StoredItem> items(StoreName store) {
        return stores.computeIfAbsent(store, absent -> new LinkedHashMap<>());
    }

    private StoredCertificates list(StoreName store) {
        Stream<CertificateInStore> read = items(store).values().stream().map(SimulatedStores::shown);
        Stream<CertificateInStore> unread =
                odd.stream().filter(each -> each.store() == store).map(Odd::shown);
        return new StoredCertificates(Stream.concat(unread, read).toList());
    }

    void putOdd(StoreName store, CertificateInStore shown) {
        odd.add(new Odd(store, shown));
    }

    private static CertificateInStore shown(StoredItem item) {
        try {
            String der = Base64.getEncoder().encodeToString(item.certificate().getEncoded());
            return new CertificateInStore(
                    item.thumbprint(), item.friendlyName(), item.key().isPresent(), der);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("A certificate in memory cannot be encoded.", impossible);
        }
    }

    private Stored importPfx(ImportPfx call) throws WindowsError {
        CertificateFile file;
        try {
            file = Pkcs12Codec.read("import.pfx", call.pfx().open(byte[]::clone), call.password());
        } catch (LifecycleException unreadable) {
            throw WindowsError.badPassword();
        }
        X509Certificate leaf = file.certificates().get(0);
        String name = find(StoreName.MY, Thumbprint.of(leaf))
                .map(StoredItem::friendlyName)
                .orElse("");
        put(StoreName.MY, new StoredItem(leaf, name, file.key(), true));
        return new Stored(Thumbprint.of(leaf));
    }

    private Stored importCertificate(ImportCertificateOnly call) {
        Thumbprint thumbprint = Thumbprint.of(call.certificate());
        items(call.store())
                .computeIfAbsent(thumbprint, absent -> new StoredItem(call.certificate(), "", Optional.empty(), false));
        return new Stored(thumbprint);
    }

    private Nothing name(SetFriendlyName call) throws WindowsError {
        put(StoreName.MY, require(StoreName.MY, call.thumbprint()).named(call.friendlyName()));
        return new Nothing();
    }

    void take(StoreName store, Thumbprint thumbprint) {
        items(store).remove(thumbprint);
    }

    private Nothing remove(RemoveStoredCertificate call) {
        take(call.store(), call.thumbprint());
        return new Nothing();
    }

    private KeySignature sign(NewKeySignature call) throws WindowsError {
        StoredItem item = require(StoreName.MY, call.thumbprint());
        PrivateKey key =
                item.key().orElseThrow(() -> WindowsError.thrown("certificate has no private key that can be used"));
        String algorithm = key.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
        try {
            Signature signature = Signature.getInstance(new KeySignature(algorithm, "").javaAlgorithm());
            signature.initSign(key);
            signature.update(Base64.getDecoder().decode(call.challenge()));
            return new KeySignature(algorithm, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException unusable) {
            throw WindowsError.thrown("Keyset does not exist");
        }
    }

    StoredItem require(StoreName store, Thumbprint thumbprint) throws WindowsError {
        return find(store, thumbprint)
                .orElseThrow(() -> WindowsError.notFound("Cert:\\LocalMachine\\" + store + "\\" + thumbprint));
    }

    /** Makes the key, keeps a self-signed place holder in REQUEST as Windows does, and gives the request. */
    private HostRequest request(NewHostRequest call) {
        List<DnsName> names = DNS.matcher(call.inf())
                .results()
                .map(found -> DnsName.parse(found.group(1)))
                .toList();
        if (names.isEmpty()) {
            return new HostRequest(
                    0x8009_2023, "", "Certificate Request Processor: The string contains a non-printable character.");
        }
        KeyPair key = new KeyGenerator(random).generate(specOf(call.inf()));
        SubjectAlternativeNames san = new SubjectAlternativeNames(names, List.of());
        put(StoreName.REQUEST, new StoredItem(placeHolder(names.get(0), key), "", Optional.of(key.getPrivate()), true));
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\r', '\n'})
                .encodeToString(new CsrBuilder(random).build(san, key).der());
        return new HostRequest(
                0,
                "-----BEGIN NEW CERTIFICATE REQUEST-----\r\n" + base64
                        + "\r\n-----END NEW CERTIFICATE REQUEST-----\r\n",
                "CertReq: Request Created");
    }

    private static KeySpec specOf(String inf) {
        String bits = KEY_LENGTH
                .matcher(inf)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("2048");
        return switch (bits) {
            case "256" -> KeySpec.P_256;
            case "384" -> KeySpec.P_384;
            case "3072" -> KeySpec.RSA_3072;
            case "4096" -> KeySpec.RSA_4096;
            default -> KeySpec.RSA_2048;
        };
    }

    private X509Certificate placeHolder(DnsName name, KeyPair key) {
        Instant now = clock.instant();
        X500Principal subject = new X500Principal("CN=" + name);
        return new CertificateSigner(subject, key.getPublic(), key.getPrivate(), random)
                .sign(new CertificateDraft(
                        subject,
                        new ValidityPeriod(now, now.plus(Duration.ofDays(365))),
                        key.getPublic().getEncoded(),
                        CertificateDraft.Purpose.ROOT,
                        new SubjectAlternativeNames(List.of(), List.of()),
                        Optional.empty(),
                        Optional.empty()));
    }

    private ProgramOutput accept(InstallHostCertificate call) {
        byte[] wanted = call.certificate().getPublicKey().getEncoded();
        for (StoredItem waiting : all(StoreName.REQUEST)) {
            if (Arrays.equals(waiting.certificate().getPublicKey().getEncoded(), wanted)) {
                items(StoreName.REQUEST).remove(waiting.thumbprint());
                put(StoreName.MY, new StoredItem(call.certificate(), "", waiting.key(), true));
                return new ProgramOutput(0, List.of("Installed Certificate:"));
            }
        }
        return new ProgramOutput(
                0x8009_2004, List.of("Certificate Request Processor: Cannot find object or property. 0x80092004"));
    }
}
