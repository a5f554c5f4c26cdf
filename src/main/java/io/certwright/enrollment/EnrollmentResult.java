package io.certwright.enrollment;

/** What a CA answers: it issued, it has not decided, or it says no. A CA out of reach answers nothing: that is an exception. */
public sealed interface EnrollmentResult permits Issued, Pending, Denied {}
