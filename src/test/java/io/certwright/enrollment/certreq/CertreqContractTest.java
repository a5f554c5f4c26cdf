package io.certwright.enrollment.certreq;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerContract;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.windows.simulated.CertreqTrouble;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedAuthority.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
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
    protected Issuer nodeOn(IssuerMemory seen) {
        return world.issuer(world.server.host(), "WebServer", seen);
    }

    @Override
    protected void become(Treatment treatment) {
        world.server.forgetMishaps();
        world.server.meet(
                switch (treatment) {
                    case ISSUES, PENDS, DENIES, ANSWERS_GARBAGE -> CertreqTrouble.NONE;
                    case IS_OUT_OF_REACH -> CertreqTrouble.OUT_OF_REACH;
                    case LOSES_ITS_ANSWER -> CertreqTrouble.NAMES_NO_REQUEST;
                });
        world.authority.decides(
                treatment == Treatment.PENDS
                        ? Policy.ASKS_A_PERSON
                        : treatment == Treatment.DENIES ? Policy.DENIES : Policy.ISSUES);
        if (treatment == Treatment.ANSWERS_GARBAGE) {
            world.server.plan(Mishap.at("Submit-CaRequest", false, Mishap.Kind.GARBAGE));
        }
    }

    @Override
    protected OptionalInt made() {
        return OptionalInt.of(world.authority.requests());
    }

    @Override
    protected void answer(Issuer node, EnrollmentRequest request) {
        world.authority.approveAll();
    }
}
