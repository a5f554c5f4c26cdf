package io.certwright.lifecycle.wish;

/** Where a private key is made and where it lives. */
public enum KeyOrigin {
    /** Made here, sealed under the master key, handed to the bindings that need it. */
    SERVICE,
    /** Made on the server, never leaves it: only its CSR and a reference are recorded here. */
    HOST
}
