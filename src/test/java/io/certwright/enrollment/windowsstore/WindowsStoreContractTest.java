package io.certwright.enrollment.windowsstore;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every issuer, kept by a store into which each request's certificate has come already. */
class WindowsStoreContractTest extends IssuerContract {
    private final StoreWorld world;

    WindowsStoreContractTest(@TempDir Path folder) throws IOException {
        world = new StoreWorld(new SimulatedServer("wsus01", 17763, clock, new SecureRandom()), folder, clock);
    }

    @Override
    protected IssuerMemory memory() {
        return world.memory;
    }

    @Override
    protected Issuer node() {
        return world.issuer();
    }

    @Override
    protected Issuer nodeOn(IssuerMemory seen) {
        return world.issuer(seen);
    }

    @Override
    protected void become(Treatment treatment) {
        world.server.forgetMishaps();
        switch (treatment) {
            case ISSUES -> {}
            case PENDS -> throw cannot("what has not come yet has no key, so that nothing is requested");
            case DENIES -> throw cannot("nobody is asked, so that nobody denies");
            case LOSES_ITS_ANSWER -> throw cannot("a look at a store leaves nothing anywhere");
            case IS_OUT_OF_REACH ->
                world.server.plan(Mishap.at("Get-StoredCertificates", false, Mishap.Kind.CONNECTION_LOST));
            case ANSWERS_GARBAGE -> world.server.plan(Mishap.at("Get-StoredCertificates", false, Mishap.Kind.GARBAGE));
        }
    }

    @Override
    protected EnrollmentRequest newRequest() {
        EnrollmentRequest request = super.newRequest();
        SealedKey key = request.key().orElseThrow();
        X509Certificate certificate = world.authority.sign(
                request.names(),
                request.csr().publicKey(),
                new ValidityPeriod(clock.instant(), clock.instant().plus(Duration.ofDays(365))));
        try {
            world.server.putCertificate(StoreName.MY, certificate, Optional.of(SEALER.open(key)), true);
        } catch (LifecycleException failed) {
            throw new AssertionError("a key of this test cannot be opened", failed);
        }
        return request;
    }
}
