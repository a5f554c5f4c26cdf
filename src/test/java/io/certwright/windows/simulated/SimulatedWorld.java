package io.certwright.windows.simulated;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.Pkcs12Codec;
import io.certwright.crypto.Pkcs12Codec.Encryption;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.FreePorts;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreCall.ImportCertificateOnly;
import io.certwright.windows.StoreCall.ImportPfx;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsHost;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;

/** A simulated WSUS server on free ports, and a CA that it and its clients may trust. */
final class SimulatedWorld {
    static final String NAME = "wsus01.certwright.test";

    final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    final TestCa root = TestCa.root("CN=Test Root", clock.instant());
    final TestCa issuing = root.intermediate("CN=Test Issuing");
    final int http = FreePorts.one();
    final int https = FreePorts.one();
    final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("wsus01", 17763, clock, new SecureRandom()), http, https);
    final WindowsHost host = server.host();

    /** Imports a new certificate with its key, as the service would. */
    Thumbprint imported(String... names) throws LifecycleException {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        TestCertificate draft =
                issuing.leaf(names.length == 0 ? new String[] {NAME} : names).key(key);
        IssuedCertificate issued = draft.issue();
        SecretBytes password = SecretBytes.ofText("only-for-this-visit");
        byte[] pfx = new Pkcs12Codec(new SecureRandom())
                .write(issued.chain(), key.getPrivate(), "WSUS", password, Encryption.AES_256);
        return host.perform(new ImportPfx(SecretBytes.of(pfx), password)).thumbprint();
    }

    void importIntermediate() throws LifecycleException {
        Thumbprint stored = host.perform(new ImportCertificateOnly(StoreName.CA, issuing.certificate()))
                .thumbprint();
        if (!stored.equals(Thumbprint.of(issuing.certificate()))) {
            throw new IllegalStateException("another certificate was stored");
        }
    }

    SetBindingCertificate binding(Thumbprint thumbprint) {
        return new SetBindingCertificate(FreshWsus.SITE_ID, "*:" + https + ":", thumbprint, StoreName.MY);
    }
}
