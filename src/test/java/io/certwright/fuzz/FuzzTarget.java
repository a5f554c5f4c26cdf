package io.certwright.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Everything that reads what others wrote. A target takes any bytes and may end in a sentence, never in anything else. */
enum FuzzTarget {
    CERTIFICATE(ReaderTargets::certificate, Seeds::certificates),
    PEM(ReaderTargets::certificate, Seeds::pems),
    KEY(ReaderTargets::key, Seeds::keys),
    PFX(ReaderTargets::pfx, Seeds::pfxs),
    PKCS7(ReaderTargets::certificate, Seeds::pkcs7s),
    CRL(ReaderTargets::crl, Seeds::crls),
    OCSP(ReaderTargets::ocsp, Seeds::ocsps),
    SETTINGS(ReaderTargets::settings, Seeds::settings),
    ENDPOINTS(ReaderTargets::endpoints, Seeds::endpoints),
    TLS(ServerTargets::tls, Seeds::tlsRecords),
    STARTTLS(ServerTargets::startTls, Seeds::startTls),
    PATH(PathTarget::path, Seeds::pathPlans),
    EST(CaTargets::est, CaTargets::estAnswers),
    CSRATTRS(CaTargets::csrattrs, CaTargets::csrattrsAnswers),
    SCEP(CaTargets::scep, CaTargets::scepAnswers),
    NDES(CaTargets::ndes, CaTargets::ndesPages),
    CMP(CaTargets::cmp, CaTargets::cmpAnswers),
    ACME(CaTargets::acme, CaTargets::acmeAnswers),
    CERTSRV(CaTargets::certsrv, CaTargets::certsrvPages),
    CES(CaTargets::ces, CaTargets::cesAnswers),
    NTLM(CaTargets::ntlm, CaTargets::ntlmChallenges),
    HEADERS(CaTargets::headers, CaTargets::headerLines),
    CERTREQ(CaTargets::certreq, CaTargets::certreqLines);

    // Method references, which hold nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Body body;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<List<byte[]>> seeds;

    /** What is done with one input. */
    interface Body {
        void run(byte[] input) throws Exception;
    }

    FuzzTarget(Body body, Supplier<List<byte[]>> seeds) {
        this.body = body;
        this.seeds = seeds;
    }

    void run(byte[] input) throws Exception {
        body.run(input);
    }

    /** Good inputs, from which mutation starts. */
    List<byte[]> seeds() {
        return seeds.get();
    }

    /** The name of its part of the corpus. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
