package io.certwright.policy;

/** Why a path does not stand, before it is known what that weighs. */
record PathFault(ViolationCode code, String message) {}
