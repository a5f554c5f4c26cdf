package io.certwright.cli;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Printable;
import io.certwright.failure.LifecycleException;
import io.certwright.policy.Verdict;
import io.certwright.policy.Violation;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code check} has to say of one target. */
sealed interface CheckReport {
    String target();

    ExitCode exit();

    /** In a word or two, for a table. */
    Cell summary();

    /** {@code until 2027-02-19, 89 days left}; empty if there is no certificate. */
    String life();

    List<String> lines(boolean colours);

    void write(JsonObject json);

    /**
     * Judged as of {@code at}.
     *
     * @param endsSoon whether it ends within the time asked about
     * @param seen what was looked up for it
     */
    record Judged(
            String target, IssuedCertificate certificate, Verdict verdict, Instant at, boolean endsSoon, Sightings seen)
            implements CheckReport {
        @Override
        public ExitCode exit() {
            if (verdict.refuses()) {
                return ExitCode.REFUSED_BY_CHECKS;
            }
            return endsSoon ? ExitCode.EXPIRES_WITHIN : ExitCode.DONE;
        }

        @Override
        public Cell summary() {
            String warnings = count(verdict.warnings().size(), "warning");
            if (verdict.refuses()) {
                return new Cell(
                        "refused: " + count(verdict.errors().size(), "error")
                                + (verdict.warnings().isEmpty() ? "" : ", " + warnings),
                        Tone.BAD);
            }
            String soon = endsSoon ? "accepted, ends soon" : "accepted";
            return verdict.warnings().isEmpty()
                    ? new Cell(soon, endsSoon ? Tone.WARNING : Tone.GOOD)
                    : new Cell(soon + ", " + warnings, Tone.WARNING);
        }

        @Override
        public String life() {
            return CertificateText.of(certificate.leaf()).lifeAt(at);
        }

        @Override
        public List<String> lines(boolean colours) {
            List<String> lines = new ArrayList<>();
            lines.add(Tone.STRONG.paint(Printable.escape(target, 300), colours) + ": "
                    + summary().tone().paint(summary().text(), colours));
            CertificateTree tree = new CertificateTree(at, colours);
            List<String> drawn = verdict.path().isEmpty()
                    ? tree.asGiven(certificate.chain().certificates())
                    : tree.trusted(verdict.path());
            drawn.forEach(line -> lines.add("  " + line));
            seen.lines().forEach(line -> lines.add("  " + Printable.escape(line, 600)));
            verdict.errors().forEach(violation -> lines.addAll(told(violation, colours)));
            verdict.warnings().forEach(violation -> lines.addAll(told(violation, colours)));
            return lines;
        }

        private static List<String> told(Violation violation, boolean colours) {
            String word = violation.isError() ? "error" : "warning";
            Tone tone = violation.isError() ? Tone.BAD : Tone.WARNING;
            return List.of(
                    "  " + tone.paint(word, colours) + " "
                            + Tone.STRONG.paint(violation.code().name(), colours) + ": " + violation.message() + ".",
                    "    Fix: " + violation.fix());
        }

        @Override
        public void write(JsonObject json) {
            json.put("target", target).put("accepted", !verdict.refuses());
            CertificateText.of(certificate.leaf()).write(json, at);
            json.put("trusted", !verdict.path().isEmpty());
            List<X509Certificate> chain =
                    verdict.path().isEmpty() ? certificate.chain().certificates() : verdict.path();
            json.putObjects(
                    "chain", chain, (object, one) -> CertificateText.of(one).write(object, at));
            json.putObjects(
                    "violations",
                    verdict.violations(),
                    (object, violation) -> object.put("code", violation.code())
                            .put("severity", violation.severity())
                            .put("message", violation.message())
                            .put("fix", violation.fix()));
            seen.write(json);
        }

        private static String count(int number, String noun) {
            return number + " " + noun + (number == 1 ? "" : "s");
        }
    }

    /** There was no certificate to judge. */
    record Unjudged(String target, LifecycleException why) implements CheckReport {
        private static final Set<String> NO_CERTIFICATE =
                Set.of("FILE_ABSENT", "NOT_A_CERTIFICATE", "WRONG_PASSWORD", "NONE_IN_USE");

        private String sentence() {
            return why.code().equals("WRONG_PASSWORD")
                    ? why.getMessage() + "; give its password with --password-file FILE"
                    : why.getMessage();
        }

        @Override
        public ExitCode exit() {
            if (NO_CERTIFICATE.contains(why.code())) {
                return ExitCode.WRONG_USAGE;
            }
            return why.code().equals("MALFORMED") ? ExitCode.REFUSED_BY_CHECKS : ExitCode.of(why);
        }

        @Override
        public Cell summary() {
            return new Cell(why.code(), Tone.BAD);
        }

        @Override
        public String life() {
            return "";
        }

        @Override
        public List<String> lines(boolean colours) {
            return List.of(Tone.STRONG.paint(Printable.escape(target, 300), colours) + ": "
                    + Tone.BAD.paint(why.code(), colours) + ": " + sentence());
        }

        @Override
        public void write(JsonObject json) {
            json.put("target", target).put("accepted", false);
            json.putObject(
                    "error",
                    error -> error.put("exit", exit().number())
                            .put("code", why.code())
                            .put("message", sentence()));
        }
    }
}
