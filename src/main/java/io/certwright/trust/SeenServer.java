package io.certwright.trust;

import io.certwright.certificate.CertificateChain;
import io.certwright.probe.Endpoint;
import java.time.Instant;

/** What a server of a client group was last seen to present, and when. */
public record SeenServer(Endpoint endpoint, CertificateChain chain, Instant at) {}
