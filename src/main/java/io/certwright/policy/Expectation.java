package io.certwright.policy;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.lookup.Observation;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a certificate is held against. Starts from {@link #of} or {@link #withoutNames} and is refined by the withers.
 *
 * @param names what it must stand for; empty = no check of wanted, allowed or lost names
 * @param key the wished key; empty = any that is strong enough
 * @param publicKey SubjectPublicKeyInfo (DER) of our request; empty = not compared
 * @param anchors where a path may end; empty = no path is trusted
 * @param predecessor what it replaces, for what is lost by it
 * @param observations what was looked up; what was not is not judged
 * @param use where and how it is going to serve
 */
public record Expectation(
        SubjectAlternativeNames names,
        Optional<KeySpec> key,
        Optional<byte[]> publicKey,
        List<X509Certificate> anchors,
        Set<Allowance> allowed,
        Profile profile,
        Optional<IssuedCertificate> predecessor,
        List<Observation> observations,
        IntendedUse use) {
    public Expectation {
        publicKey = publicKey.map(byte[]::clone);
        anchors = List.copyOf(anchors);
        allowed = Set.copyOf(allowed);
        observations = List.copyOf(observations);
    }

    /** These names, any strong key, nothing trusted yet, nothing allowed, private profile. */
    public static Expectation of(SubjectAlternativeNames names) {
        return new Expectation(
                names,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Profile.PRIVATE,
                Optional.empty(),
                List.of(),
                IntendedUse.unknown());
    }

    /** All but the name checks. */
    public static Expectation withoutNames() {
        return of(new SubjectAlternativeNames(List.of(), List.of()));
    }

    @Override
    public Optional<byte[]> publicKey() {
        return publicKey.map(byte[]::clone);
    }

    public Expectation withKey(KeySpec wished) {
        return new Expectation(
                names, Optional.of(wished), publicKey, anchors, allowed, profile, predecessor, observations, use);
    }

    /** SubjectPublicKeyInfo in DER, as {@code CertificateSigningRequest.publicKey()} gives it. */
    public Expectation withPublicKey(byte[] spki) {
        return new Expectation(
                names, key, Optional.of(spki), anchors, allowed, profile, predecessor, observations, use);
    }

    public Expectation withAnchors(List<X509Certificate> trusted) {
        return new Expectation(names, key, publicKey, trusted, allowed, profile, predecessor, observations, use);
    }

    public Expectation allowing(Set<Allowance> allowances) {
        return new Expectation(names, key, publicKey, anchors, allowances, profile, predecessor, observations, use);
    }

    public Expectation inProfile(Profile chosen) {
        return new Expectation(names, key, publicKey, anchors, allowed, chosen, predecessor, observations, use);
    }

    public Expectation replacing(IssuedCertificate old) {
        return new Expectation(names, key, publicKey, anchors, allowed, profile, Optional.of(old), observations, use);
    }

    public Expectation withObservations(List<Observation> seen) {
        return new Expectation(names, key, publicKey, anchors, allowed, profile, predecessor, seen, use);
    }

    public Expectation servingAs(IntendedUse intended) {
        return new Expectation(names, key, publicKey, anchors, allowed, profile, predecessor, observations, intended);
    }
}
