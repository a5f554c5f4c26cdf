package io.certwright.enrollment;

import io.certwright.certificate.IssuedCertificate;

/** The CA gave this certificate. Nobody has judged it yet. */
public record Issued(IssuedCertificate certificate) implements EnrollmentResult {}
