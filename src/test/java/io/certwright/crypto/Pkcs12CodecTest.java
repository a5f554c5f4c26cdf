package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.KeySpec;
import io.certwright.crypto.CertificateFile.Format;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.OpenSsl;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pkcs12CodecTest {
    private static final SecretBytes PASSWORD = SecretBytes.ofText("geheim");
    private static final Pkcs12Codec CODEC = new Pkcs12Codec(SmallCa.RANDOM);

    private static SmallCa issuing;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCa() throws Exception {
        issuing = SmallCa.root().intermediate();
    }

    @ParameterizedTest
    @CsvSource({"AES_256, RSA_2048", "AES_256, P_256", "TRIPLE_DES, RSA_2048", "TRIPLE_DES, P_384"})
    void reads_back_what_it_wrote_and_openssl_reads_it_too(Pkcs12Codec.Encryption encryption, KeySpec spec)
            throws Exception {
        KeyPair key = SmallCa.KEYS.generate(spec);
        X509Certificate leaf = issuing.leaf(key, builder -> {});
        byte[] pfx = CODEC.write(
                CertificateChain.of(leaf, issuing.certificate),
                key.getPrivate(),
                "WSUS TLS 2026",
                PASSWORD,
                encryption);

        CertificateFile file = Pkcs12Codec.read("the file", pfx, PASSWORD);

        assertThat(file.format()).isEqualTo(Format.PKCS12);
        assertThat(file.certificates()).containsExactly(leaf, issuing.certificate);
        assertThat(file.key())
                .hasValueSatisfying(found ->
                        assertThat(Keys.belongTogether(found, key.getPublic())).isTrue());
        String seen = OpenSsl.in(folder)
                .write("f.pfx", pfx)
                .run("pkcs12", "-in", "f.pfx", "-info", "-nokeys", "-passin", "pass:geheim");
        assertThat(seen)
                .contains("friendlyName: WSUS TLS 2026")
                .contains("localKeyID")
                .contains("subject=CN = Small Issuing")
                .contains(
                        encryption == Pkcs12Codec.Encryption.AES_256
                                ? "PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256"
                                : "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048");
    }

    @Test
    void the_jdk_key_store_reads_it() throws Exception {
        KeyPair key = SmallCa.KEYS.generate(KeySpec.P_256);
        X509Certificate leaf = issuing.leaf(key, builder -> {});
        byte[] pfx = CODEC.write(
                CertificateChain.of(leaf, issuing.certificate),
                key.getPrivate(),
                "wsus",
                PASSWORD,
                Pkcs12Codec.Encryption.AES_256);
        var store = java.security.KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(new java.io.ByteArrayInputStream(pfx), "geheim".toCharArray());
        assertThat(store.getCertificateChain("wsus")).containsExactly(leaf, issuing.certificate);
        assertThat(store.getKey("wsus", "geheim".toCharArray()).getEncoded())
                .isEqualTo(key.getPrivate().getEncoded());
    }

    @Test
    void reads_what_openssl_wrote() throws Exception {
        KeyPair key = SmallCa.KEYS.generate(KeySpec.P_256);
        X509Certificate leaf = issuing.leaf(key, builder -> {});
        OpenSsl openSsl = OpenSsl.in(folder)
                .write("c.pem", PemCodec.certificate(leaf))
                .write("chain.pem", PemCodec.certificate(issuing.certificate))
                .write("k.pem", PemCodec.privateKey(key.getPrivate()).open(byte[]::clone));
        openSsl.run(
                "pkcs12",
                "-export",
                "-in",
                "c.pem",
                "-inkey",
                "k.pem",
                "-certfile",
                "chain.pem",
                "-out",
                "o.pfx",
                "-passout",
                "pass:geheim");

        CertificateFile file = CertificateFiles.read(folder.resolve("o.pfx"), PASSWORD);

        assertThat(file.certificates()).containsExactly(leaf, issuing.certificate);
        assertThat(file.key()).isPresent();
        assertThat(file).hasToString("PKCS12 with 2 certificates and a key");
    }

    @Test
    void says_that_the_password_is_wrong() throws Exception {
        byte[] pfx = pfx();
        assertThatThrownBy(() -> Pkcs12Codec.read("the file", pfx, SecretBytes.ofText("falsch")))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("WRONG_PASSWORD"))
                .hasMessage("the file: the password does not open it");
    }

    @Test
    void does_not_work_for_ever_for_a_hostile_file() throws Exception {
        char[] password = "geheim".toCharArray();
        var bag = new JcaPKCS12SafeBagBuilder(issuing.certificate).build();
        byte[] honest = new PKCS12PfxPduBuilder()
                .addData(bag)
                .build(
                        new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                                .setProvider(BouncyCastle.provider()),
                        password)
                .getEncoded();
        assertThat(Pkcs12Codec.read("the file", honest, PASSWORD).certificates())
                .hasSize(1);
        byte[] hostile = hostileOf(honest);
        assertThatThrownBy(() -> Pkcs12Codec.read("the file", hostile, PASSWORD))
                .hasMessage("the file: it asks for more than 5000000 rounds of key derivation");
    }

    private static byte[] hostileOf(byte[] pfx) throws Exception {
        var file = org.bouncycastle.asn1.pkcs.Pfx.getInstance(pfx);
        var mac = file.getMacData();
        return new org.bouncycastle.asn1.pkcs.Pfx(
                        file.getAuthSafe(),
                        new org.bouncycastle.asn1.pkcs.MacData(mac.getMac(), mac.getSalt(), Integer.MAX_VALUE))
                .getEncoded();
    }

    private static byte[] pfx() throws Exception {
        KeyPair key = SmallCa.KEYS.generate(KeySpec.P_256);
        return CODEC.write(
                CertificateChain.of(issuing.leaf(key, builder -> {})),
                key.getPrivate(),
                "wsus",
                PASSWORD,
                Pkcs12Codec.Encryption.AES_256);
    }
}
