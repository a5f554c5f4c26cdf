package io.certwright.policy.encoding;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Readers of the values of extensions (RFC 5280, 4.2), each as strict as its ASN.1. */
public final class Extensions {
    public static final String SUBJECT_KEY_ID = "2.5.29.14";
    public static final String KEY_USAGE = "2.5.29.15";
    public static final String SUBJECT_ALT_NAME = "2.5.29.17";
    public static final String ISSUER_ALT_NAME = "2.5.29.18";
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    public static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    public static final String CERTIFICATE_POLICIES = "2.5.29.32";
    public static final String POLICY_MAPPINGS = "2.5.29.33";
    public static final String AUTHORITY_KEY_ID = "2.5.29.35";
    public static final String POLICY_CONSTRAINTS = "2.5.29.36";
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    public static final String FRESHEST_CRL = "2.5.29.46";
    public static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    public static final String AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";
    public static final String SUBJECT_ACCESS = "1.3.6.1.5.5.7.1.11";
    public static final String ANY_POLICY = "2.5.29.32.0";

    private static final String TEMPLATE_NAME = "1.3.6.1.4.1.311.20.2";
    private static final String TEMPLATE_ID = "1.3.6.1.4.1.311.21.7";

    private Extensions() {}

    /** cA and, if stated, the path length. */
    public record BasicConstraints(boolean ca, Optional<BigInteger> pathLength) {}

    /** Which fields there are, and the key identifier in hex. */
    public record AuthorityKeyId(Optional<String> keyId, boolean hasIssuer, boolean hasSerial) {}

    /** A policy of the issuer's domain and what it is called below. */
    public record PolicyMapping(String issuerDomain, String subjectDomain) {}

    /** {@code requireExplicitPolicy} and {@code inhibitPolicyMapping}, in certificates to go. */
    public record PolicyConstraints(Optional<BigInteger> requireExplicit, Optional<BigInteger> inhibitMapping) {}

    /** What AD CS says of its template: its name (version 1 templates) or its object identifier (all later ones). */
    public record Template(Optional<String> name, Optional<String> oid) {}

    public static BasicConstraints basicConstraints(RawExtension extension) throws BrokenEncoding {
        List<Der> parts = extension.parsed().sequence();
        int next = 0;
        boolean ca = false;
        if (next < parts.size() && parts.get(next).tag() == Der.BOOLEAN) {
            ca = parts.get(next++).bool();
        }
        Optional<BigInteger> length = Optional.empty();
        if (next < parts.size()) {
            length = Optional.of(notNegative(parts.get(next++).integer()));
        }
        if (next < parts.size()) {
            throw new BrokenEncoding("more than cA and a path length");
        }
        return new BasicConstraints(ca, length);
    }

    public static AuthorityKeyId authorityKeyId(RawExtension extension) throws BrokenEncoding {
        Optional<String> keyId = Optional.empty();
        boolean issuer = false;
        boolean serial = false;
        for (Der part : extension.parsed().sequence()) {
            switch (part.tag()) {
                case 0x80 -> keyId = Optional.of(HexFormat.of().formatHex(part.contents()));
                case 0xA1 -> issuer = !GeneralName.listed(part.children()).isEmpty();
                case 0x82 -> serial = part.integerContents().signum() >= 0;
                default -> throw new BrokenEncoding("a field that no authority key identifier has");
            }
        }
        return new AuthorityKeyId(keyId, issuer, serial);
    }

    /** In hex. */
    public static String subjectKeyId(RawExtension extension) throws BrokenEncoding {
        byte[] octets = extension.parsed().octets();
        if (octets.length == 0) {
            throw new BrokenEncoding("no octets");
        }
        return HexFormat.of().formatHex(octets);
    }

    public static List<GeneralName> names(RawExtension extension) throws BrokenEncoding {
        return GeneralName.listed(extension.parsed().sequenceOfSome());
    }

    public static NameConstraints nameConstraints(RawExtension extension) throws BrokenEncoding {
        return NameConstraints.of(extension.parsed());
    }

    public static List<String> policies(RawExtension extension) throws BrokenEncoding {
        List<String> policies = new ArrayList<>();
        for (Der policy : extension.parsed().sequenceOfSome()) {
            policies.add(policy.sequenceOfSome().get(0).objectIdentifier());
        }
        return policies;
    }

    public static List<PolicyMapping> policyMappings(RawExtension extension) throws BrokenEncoding {
        List<PolicyMapping> mappings = new ArrayList<>();
        for (Der mapping : extension.parsed().sequenceOfSome()) {
            List<Der> pair = mapping.sequence();
            if (pair.size() != 2) {
                throw new BrokenEncoding("a mapping of other than two policies");
            }
            mappings.add(new PolicyMapping(
                    pair.get(0).objectIdentifier(), pair.get(1).objectIdentifier()));
        }
        return mappings;
    }

    public static PolicyConstraints policyConstraints(RawExtension extension) throws BrokenEncoding {
        Optional<BigInteger> explicit = Optional.empty();
        Optional<BigInteger> mapping = Optional.empty();
        for (Der part : extension.parsed().sequenceOfSome()) {
            switch (part.tag()) {
                case 0x80 -> explicit = Optional.of(notNegative(part.integerContents()));
                case 0x81 -> mapping = Optional.of(notNegative(part.integerContents()));
                default -> throw new BrokenEncoding("a field that no policy constraints have");
            }
        }
        return new PolicyConstraints(explicit, mapping);
    }

    public static BigInteger inhibitAnyPolicy(RawExtension extension) throws BrokenEncoding {
        return notNegative(extension.parsed().integer());
    }

    public static List<String> purposes(RawExtension extension) throws BrokenEncoding {
        List<String> purposes = new ArrayList<>();
        for (Der purpose : extension.parsed().sequenceOfSome()) {
            purposes.add(purpose.objectIdentifier());
        }
        return purposes;
    }

    /** Set bits by their number. */
    public static BitSet keyUsage(RawExtension extension) throws BrokenEncoding {
        byte[] contents =
                extension.parsed().require(Der.BIT_STRING, "bit string").contents();
        if (contents.length < 1 || contents.length > 3 || contents[0] < 0 || contents[0] > 7) {
            throw new BrokenEncoding("a bit string of " + contents.length + " octets");
        }
        BitSet bits = new BitSet();
        for (int bit = 0; bit < (contents.length - 1) * 8; bit++) {
            bits.set(bit, (contents[1 + bit / 8] & (0x80 >> (bit % 8))) != 0);
        }
        return bits;
    }

    /** Of an extension that is a list of sequences and says nothing that is judged. */
    public static List<Der> sequencesOfSome(RawExtension extension) throws BrokenEncoding {
        List<Der> all = extension.parsed().sequenceOfSome();
        for (Der one : all) {
            one.require(Der.SEQUENCE, "sequence");
        }
        return all;
    }

    /** Empty if the certificate says nothing of a template. */
    public static Template template(CertificateFields fields) throws BrokenEncoding {
        Optional<RawExtension> named = fields.find(TEMPLATE_NAME);
        Optional<RawExtension> identified = fields.find(TEMPLATE_ID);
        return new Template(
                named.isPresent() ? Optional.of(text(named.get().parsed())) : Optional.empty(),
                identified.isPresent()
                        ? Optional.of(identified
                                .get()
                                .parsed()
                                .sequenceOfSome()
                                .get(0)
                                .objectIdentifier())
                        : Optional.empty());
    }

    private static String text(Der string) {
        return new String(
                string.contents(), string.tag() == Der.BMP_STRING ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
    }

    private static BigInteger notNegative(BigInteger number) throws BrokenEncoding {
        if (number.signum() < 0) {
            throw new BrokenEncoding("a negative number");
        }
        return number;
    }
}
