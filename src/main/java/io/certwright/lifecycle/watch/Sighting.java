package io.certwright.lifecycle.watch;

import io.certwright.certificate.CertificateChain;
import java.time.Instant;

/** What a target was last seen to show, and when. */
public record Sighting(String subject, CertificateChain chain, Instant at) {}
