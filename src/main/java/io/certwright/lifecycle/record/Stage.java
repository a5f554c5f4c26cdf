package io.certwright.lifecycle.record;

/** How far a renewal has come: its furthest fact that is not undone. */
public enum Stage {
    OPENED,
    KEY_READY,
    REQUESTED,
    ISSUED,
    CHECKED,
    STORED,
    TRUST_PUBLISHED,
    BOUND,
    VERIFIED,
    /** Bound by hand before it was known here, and taken over: none of the facts before are ours. */
    ADOPTED
}
