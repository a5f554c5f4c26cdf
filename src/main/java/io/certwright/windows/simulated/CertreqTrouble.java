package io.certwright.windows.simulated;

import java.util.Optional;

/** What goes wrong between a server and its CA, until it is said to be over. */
public enum CertreqTrouble {
    NONE,
    /** The CA's host does not answer. */
    OUT_OF_REACH,
    /** The CA does not let this account ask. */
    DENIES_ACCESS,
    /** certreq ends well, names the request, and writes no certificate. */
    WRITES_NO_FILE,
    /** certreq ends well and writes something that is no certificate. */
    WRITES_GARBAGE,
    /** certreq ends well and says nothing of use. */
    NAMES_NO_REQUEST,
    /** The remote call breaks off; the CA may have the request. */
    BREAKS_OFF;

    private static final int CALL_FAILED = 0x800706BE;

    /** What certreq ends with instead of asking. */
    Optional<Integer> code() {
        return switch (this) {
            case OUT_OF_REACH -> Optional.of(SimulatedCertreq.RPC_UNAVAILABLE);
            case DENIES_ACCESS -> Optional.of(SimulatedCertreq.ACCESS_DENIED);
            case BREAKS_OFF -> Optional.of(CALL_FAILED);
            case NONE, WRITES_NO_FILE, WRITES_GARBAGE, NAMES_NO_REQUEST -> Optional.empty();
        };
    }
}
