package io.certwright.enrollment;

/** The CA says no; {@code sentence} carries its reason. Asking the same again would be answered the same. */
public record Denied(String sentence) implements EnrollmentResult {}
