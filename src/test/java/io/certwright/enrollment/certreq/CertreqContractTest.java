package io.certwright.enrollment.certreq;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every issuer, kept by certreq on a simulated server with a CA behind it that really signs. */
class CertreqContractTest extends IssuerContract {
    private final CertreqWorld world;

    CertreqContractTest(@TempDir Path folder) throws IOException {
        world = new CertreqWorld(folder, clock);
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
    protected void answer(Issuer node, EnrollmentRequest request) {
        world.authority.approveAll();
    }
}
