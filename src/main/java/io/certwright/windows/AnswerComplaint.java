package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;

/** One sentence for each way in which what a host said is no answer. */
final class AnswerComplaint {
    private static final int SHOWN = 300;

    private AnswerComplaint() {}

    /** Zero and no answer is a failure too: a PowerShell that is none says nothing and ends well. */
    static LifecycleException noAnswer(String host, VisitOutput output) {
        String said = Clixml.errorsOf(output.stderr());
        if (said.isBlank()) {
            said = output.stdout().strip();
        }
        if (speaksOfLanguageMode(said)) {
            return new LifecycleException(
                    FailureKind.REFUSED,
                    "HOST_CONSTRAINED_LANGUAGE",
                    of(host)
                            + "PowerShell runs in Constrained Language Mode, where a script cannot be sent along; install it"
                            + " there (certwright windows install-script) at a path that the policy trusts");
        }
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "HOST_NO_ANSWER",
                of(host) + "PowerShell ended with " + output.exitCode() + " and gave no answer, "
                        + (said.isBlank() ? "saying nothing" : "saying \"" + Printable.escape(said, SHOWN) + "\"")
                        + "; check that powershell.exe there is Windows PowerShell 5.1 and that the account may run it");
    }

    private static boolean speaksOfLanguageMode(String said) {
        return said.contains("language mode") || said.contains("LanguageMode");
    }

    static LifecycleException cut(String host, int characters) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "HOST_ANSWER_CUT",
                of(host) + "the answer ends after " + characters
                        + " characters without its end mark; the connection or the process was ended, look at the host and run it again");
    }

    static LifecycleException noJson(String host, Exception garbage) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "HOST_ANSWER_GARBLED",
                of(host) + "what stands between the marks is not JSON; something there changes what PowerShell prints",
                garbage);
    }

    static LifecycleException otherVersion(String host, String got, String wanted) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "HOST_SCRIPT_OTHER",
                of(host) + "its script has version " + Printable.quote(got) + ", wanted " + wanted
                        + "; install the script of this Certwright there: certwright windows install-script");
    }

    static LifecycleException otherShape(String host, String function, IllegalArgumentException why) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "HOST_ANSWER_OTHER",
                of(host) + "the answer to " + function + " is not what it should be: "
                        + Printable.escape(String.valueOf(why.getMessage()), SHOWN)
                        + "; check that the host's script is the one of this Certwright",
                why);
    }

    private static String of(String host) {
        return "host " + Printable.escape(host, 80) + ": ";
    }
}
