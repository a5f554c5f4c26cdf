package io.certwright.fuzz;

import io.certwright.app.settings.SettingsReading;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.cli.FuzzedCommands;
import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.Keys;
import io.certwright.crypto.OcspAnswer;
import io.certwright.crypto.OcspQuestion;
import io.certwright.crypto.RevocationList;
import io.certwright.crypto.RevocationListFiles;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.GivenLists;
import io.certwright.lookup.ListJudgement;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.policy.Expectation;
import io.certwright.policy.PolicyChain;
import io.certwright.policy.Verdict;
import io.certwright.policy.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The readers of files. */
final class ReaderTargets {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Set<String> REFUSALS =
            Set.of("FILE_ABSENT", "NOT_A_CERTIFICATE", "MALFORMED", "WRONG_PASSWORD");
    /** Enough to see every check at work; what a file of thousands costs is measured elsewhere. */
    private static final int MOST_JUDGED = 3;

    private ReaderTargets() {}

    static void certificate(byte[] input) {
        read(input, "");
    }

    static void pfx(byte[] input) {
        read(input, "secret");
    }

    private static void read(byte[] input, String password) {
        try (SecretBytes opened = SecretBytes.ofText(password)) {
            CertificateFile file = CertificateFiles.parse("file", input, opened);
            file.certificates().stream().limit(MOST_JUDGED).forEach(one -> judge(one, file.certificates()));
        } catch (LifecycleException refused) {
            Sentences.require(refused.code(), REFUSALS, refused.getMessage());
        }
    }

    private static void judge(X509Certificate leaf, List<X509Certificate> file) {
        try {
            var unused = CertificateReader.read(leaf);
        } catch (LifecycleException refused) {
            Sentences.require(refused.code(), REFUSALS, refused.getMessage());
        }
        FuzzedCommands.show(leaf, NOW).forEach(Sentences::require);
        List<X509Certificate> chain = new java.util.ArrayList<>(List.of(leaf));
        file.stream().limit(MOST_JUDGED).filter(one -> !one.equals(leaf)).forEach(chain::add);
        Verdict verdict = PolicyChain.standard()
                .inspect(
                        new IssuedCertificate(new CertificateChain(chain)),
                        Expectation.withoutNames().withAnchors(Seeds.anchors()),
                        NOW);
        verdict.violations().stream().map(Violation::message).forEach(Sentences::require);
    }

    static void key(byte[] input) {
        try {
            var unused = Keys.privateKey(input);
        } catch (GeneralSecurityException refused) {
            Sentences.require(String.valueOf(refused.getMessage()));
        }
        try {
            Sentences.require(Keys.describe(Keys.publicKey(input)));
        } catch (GeneralSecurityException refused) {
            Sentences.require(String.valueOf(refused.getMessage()));
        }
    }

    static void crl(byte[] input) {
        try {
            var given = new GivenLists(RevocationListFiles.parse("list", input), List.of(), NOW, Optional.empty())
                    .look(Seeds.leaf(), Seeds.ISSUING.certificate());
            if (given instanceof RevocationUnknown unknown) {
                Sentences.require(unknown.why());
            }
            RevocationList list = RevocationList.parse("list", input);
            Observation seen = ListJudgement.judge(
                    Seeds.leaf(), Seeds.ISSUING.certificate(), List.of(new ListJudgement.Named("the list", list)), NOW);
            if (seen instanceof RevocationUnknown unknown) {
                Sentences.require(unknown.why());
            }
        } catch (LifecycleException refused) {
            Sentences.require(refused.code(), REFUSALS, refused.getMessage());
        }
    }

    static void ocsp(byte[] input) {
        try {
            var unused = OcspAnswer.parse(
                    "the responder", input, new OcspQuestion(Seeds.leaf(), Seeds.ISSUING.certificate()), NOW);
        } catch (LifecycleException refused) {
            Sentences.require(refused.code(), Set.of("MALFORMED", "OCSP_REFUSED"), refused.getMessage());
        }
    }

    static void settings(byte[] input) {
        Faults faults = new Faults();
        SettingsFile file = new SettingsFile(Path.of("certwright.yml"), Map.of("SECRET", "s"));
        String text = new String(input, StandardCharsets.UTF_8);
        var unused = SettingsReading.read(file, file.parse(text, faults), faults);
        faults.list().stream().map(Fault::toString).forEach(Sentences::require);
    }

    static void endpoints(byte[] input) {
        FuzzedCommands.endpointList(new String(input, StandardCharsets.UTF_8))
                .lines()
                .forEach(Sentences::require);
    }
}
