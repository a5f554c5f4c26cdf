package io.certwright.enrollment.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsrWishesTest {
    private static final String EC = "1.2.840.10045.2.1";
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String P_256 = "1.2.840.10045.3.1.7";
    private static final String P_384 = "1.3.132.0.34";
    private static final String P_521 = "1.3.132.0.35";
    private static final String CHALLENGE = "1.2.840.113549.1.9.7";
    private static final String EXTENSIONS = "1.2.840.113549.1.9.14";

    private static CertificateSigningRequest csr(KeySpec spec) {
        return new CsrBuilder(new SecureRandom())
                .build(SubjectAlternativeNames.ofDns("wsus.certwright.test"), TestKeys.fresh(spec));
    }

    static byte[] wishes(ASN1Encodable... all) {
        try {
            return new DERSequence(all).getEncoded();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ASN1ObjectIdentifier oid(String dotted) {
        return new ASN1ObjectIdentifier(dotted);
    }

    static DERSequence attribute(String type, ASN1Encodable... values) {
        ASN1EncodableVector both = new ASN1EncodableVector();
        both.add(oid(type));
        both.add(new DERSet(values));
        return new DERSequence(both);
    }

    /** RFC 7030, 4.5.2, gives this example: a CSR tied to TLS, a key on P-384, a MAC address among the extensions, SHA-384. */
    static byte[] exampleOfTheRfc() {
        return wishes(
                oid(CHALLENGE),
                attribute(EC, oid(P_384)),
                attribute(EXTENSIONS, oid("1.3.6.1.1.1.1.22")),
                oid("1.2.840.10045.4.3.3"));
    }

    @Test
    void the_example_of_the_rfc_is_understood() throws Exception {
        CsrWishes wishes = CsrWishes.parse(exampleOfTheRfc());
        assertThat(wishes)
                .hasToString(
                        "a key of P-384, a signature by SHA384WITHECDSA, the extension 1.3.6.1.1.1.1.22, a tie to the"
                                + " TLS session (challengePassword with tls-unique), which cannot be made here");
        assertThat(wishes.keyMissingIn(csr(KeySpec.P_256))).isEqualTo("P-384");
        assertThat(wishes.keyMissingIn(csr(KeySpec.P_384))).isEmpty();
        assertThat(wishes.missingIn(csr(KeySpec.P_256)))
                .containsExactly(
                        "a signature by SHA384WITHECDSA",
                        "the extension 1.3.6.1.1.1.1.22",
                        "a tie to the TLS session (challengePassword with tls-unique), which cannot be made here");
    }

    @ParameterizedTest
    @CsvSource({
        "2048, RSA_2048, ''",
        "2048, RSA_3072, ''",
        "3072, RSA_2048, RSA of 3072 bits or more",
        "2048, P_256, RSA of 2048 bits or more"
    })
    void an_rsa_key_may_be_longer_than_wished(int bits, KeySpec own, String missing) throws Exception {
        CsrWishes wishes = CsrWishes.parse(wishes(attribute(RSA, new ASN1Integer(bits))));
        assertThat(wishes.keyMissingIn(csr(own))).isEqualTo(missing);
    }

    @Test
    void one_of_several_kinds_of_key_is_enough() throws Exception {
        CsrWishes wishes = CsrWishes.parse(wishes(oid(RSA), attribute(EC, oid(P_384), oid(P_521))));
        assertThat(wishes.keyMissingIn(csr(KeySpec.RSA_2048))).isEmpty();
        assertThat(wishes.keyMissingIn(csr(KeySpec.P_384))).isEmpty();
        assertThat(wishes.keyMissingIn(csr(KeySpec.P_256))).isEqualTo("RSA or P-384 or secp521r1");
        assertThat(CsrWishes.parse(wishes(oid(EC))).keyMissingIn(csr(KeySpec.P_256)))
                .isEmpty();
        assertThat(CsrWishes.parse(wishes(attribute(EC, oid(P_256)))).keyMissingIn(csr(KeySpec.P_256)))
                .isEmpty();
        assertThat(CsrWishes.parse(wishes(attribute(EC, oid("1.2.3.4")))).keyMissingIn(csr(KeySpec.P_256)))
                .isEqualTo("the curve 1.2.3.4");
    }

    @Test
    void what_our_csr_has_anyhow_is_not_missing() throws Exception {
        DERSequence names = new DERSequence(new ASN1Encodable[] {oid("2.5.29.17"), new DEROctetString(new byte[0])});
        CsrWishes wishes = CsrWishes.parse(
                wishes(attribute(EXTENSIONS, new DERSequence(names)), oid(EXTENSIONS), oid("1.2.840.10045.4.3.2")));
        assertThat(wishes.missingIn(csr(KeySpec.P_256))).isEmpty();
        assertThat(wishes).hasToString("a signature by SHA256WITHECDSA, the extension 2.5.29.17");
    }

    @Test
    void no_wishes_are_none() throws Exception {
        assertThat(CsrWishes.parse(wishes()).areNone()).isTrue();
        assertThat(CsrWishes.none().areNone()).isTrue();
        assertThat(CsrWishes.none().missingIn(csr(KeySpec.P_256))).isEmpty();
        assertThat(CsrWishes.none().keyMissingIn(csr(KeySpec.P_256))).isEmpty();
        assertThat(CsrWishes.parse(exampleOfTheRfc()).areNone()).isFalse();
    }

    @Test
    void of_many_wishes_some_are_shown_and_the_rest_counted() throws Exception {
        ASN1Encodable[] twelve = Stream.iterate(1, i -> i + 1)
                .limit(12)
                .map(i -> oid("1.2." + i))
                .toArray(ASN1Encodable[]::new);
        CsrWishes wishes = CsrWishes.parse(wishes(attribute(EXTENSIONS, twelve), oid("1.2." + "9".repeat(1_000))));
        assertThat(wishes.missingIn(csr(KeySpec.P_256)))
                .hasSize(9)
                .startsWith("the extension 1.2.1", "the extension 1.2.2")
                .endsWith("the extension 1.2.8", "5 more");
        assertThat(wishes.toString()).startsWith("the extension 1.2.1, ").endsWith(", 5 more");
        assertThat(CsrWishes.parse(wishes(oid("1.2." + "9".repeat(400)))).toString())
                .isEqualTo("the attribute 1.2." + "9".repeat(76) + "… (324 more)");
    }

    @Test
    void wishes_within_wishes_without_end_are_refused() {
        byte[] nested = new byte[512 * 1024];
        for (int i = 0; i + 5 <= nested.length; i += 5) {
            int rest = nested.length - i - 5;
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x83;
            nested[i + 2] = (byte) (rest >> 16);
            nested[i + 3] = (byte) (rest >> 8);
            nested[i + 4] = (byte) rest;
        }
        assertThatThrownBy(() -> CsrWishes.parse(nested)).isInstanceOf(IOException.class);
        byte[] indefinite = new byte[512 * 1024];
        for (int i = 0; i < indefinite.length; i += 2) {
            indefinite[i] = 0x30;
            indefinite[i + 1] = (byte) 0x80;
        }
        assertThatThrownBy(() -> CsrWishes.parse(indefinite)).isInstanceOf(IOException.class);
    }

    @Test
    void what_is_no_list_of_attributes_is_refused() {
        ASN1Encodable[] many = Stream.generate(() -> oid("1.2.3")).limit(101).toArray(ASN1Encodable[]::new);
        assertThatThrownBy(() -> CsrWishes.parse(wishes(many)))
                .isInstanceOf(IOException.class)
                .hasMessage("wanted a sequence of at most 100 attributes");
        ASN1Encodable[] names = Stream.iterate(1, i -> i + 1)
                .limit(101)
                .map(i -> oid("1.2." + i))
                .toArray(ASN1Encodable[]::new);
        assertThatThrownBy(() -> CsrWishes.parse(wishes(attribute(EXTENSIONS, names))))
                .isInstanceOf(IOException.class)
                .hasMessage("wanted at most 100 wishes");
        assertThatThrownBy(() -> CsrWishes.parse(new byte[0])).isInstanceOf(IOException.class);
        ASN1Encodable noSet = new DERSequence(new ASN1Encodable[] {oid(RSA), new DERTaggedObject(0, oid(P_256))});
        assertThatThrownBy(() -> CsrWishes.parse(wishes(noSet))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> CsrWishes.parse(new byte[] {4, 1, 0})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> CsrWishes.parse(wishes(new ASN1Integer(1)))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> CsrWishes.parse(wishes(attribute(RSA, new ASN1Integer(Long.MAX_VALUE)))))
                .isInstanceOf(IOException.class);
    }
}
