package io.certwright.store.postgres;

import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** Where the database is now. A server of our own may have to be started again, and may then be elsewhere. */
public interface DatabaseLocation {
    DatabaseAddress address();

    /** Asked when nobody answers at the address: does what can be done about it and says where to try once more. Empty: nothing can be done. */
    Optional<DatabaseAddress> revive() throws LifecycleException;
}
