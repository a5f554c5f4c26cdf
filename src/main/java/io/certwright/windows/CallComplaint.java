package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import java.util.List;
import java.util.function.Predicate;

/** What the errors of Windows that administrators meet mean, and what to do about each. The first row that fits counts. */
record CallComplaint(Predicate<CallError> fits, FailureKind kind, String code, String meaning, String fix) {
    private static final int ACCESS_DENIED = 5;
    private static final int LOCK_VIOLATION = 33;
    private static final int NO_SUCH_LOGON_SESSION = 1312;

    private static final String FEATURES =
            "install the Windows feature that brings it: Web-Scripting-Tools for IIS, UpdateServices-API for WSUS, the"
                    + " Configuration Manager console for ConfigMgr";

    private static final List<CallComplaint> TABLE = List.of(
            row(
                    error -> error.id().contains("Modules_ModuleNotFound"),
                    FailureKind.REFUSED,
                    "HOST_MODULE_MISSING",
                    "a PowerShell module is missing on the host",
                    FEATURES),
            row(
                    error -> error.id().startsWith("CommandNotFoundException"),
                    FailureKind.REFUSED,
                    "HOST_COMMAND_MISSING",
                    "a command is missing on the host",
                    FEATURES),
            row(
                    error -> error.message().contains("language mode")
                            || error.id().contains("InLanguageMode")
                            || error.id().contains("ConstrainedLanguage"),
                    FailureKind.REFUSED,
                    "HOST_CONSTRAINED_LANGUAGE",
                    "PowerShell runs in Constrained Language Mode there",
                    "install the script on the host at a path that its policy trusts: certwright windows install-script"),
            row(
                    error -> error.windowsError() == LOCK_VIOLATION,
                    FailureKind.REFUSED,
                    "HOST_SECTION_LOCKED",
                    "the section of IIS's configuration is locked or in use",
                    "close IIS Manager there and unlock the section at the server's level, then run it again"),
            row(
                    error -> error.windowsError() == NO_SUCH_LOGON_SESSION,
                    FailureKind.REFUSED,
                    "HOST_KEY_NOT_IN_MACHINE",
                    "the private key is not in the machine's key set, or cannot be read",
                    "import the certificate again into the machine's store, or run certutil -repairstore my SERIAL there"),
            row(
                    error -> error.windowsError() == ACCESS_DENIED
                            || error.type().endsWith("UnauthorizedAccessException")
                            || error.type().endsWith("SecurityException"),
                    FailureKind.UNAUTHORIZED,
                    "HOST_ACCESS_DENIED",
                    "the account may not do that on the host",
                    "make it a member of the local Administrators there, and log on without a token that UAC filtered"),
            row(
                    error -> error.id().startsWith("ParameterBinding")
                            || error.id().startsWith("ParameterArgument")
                            || error.message().startsWith("not a call of this script"),
                    FailureKind.REFUSED,
                    "HOST_SCRIPT_OTHER",
                    "the script on the host does not know the call in this form",
                    "install the script of this Certwright there: certwright windows install-script"),
            row(
                    error -> true,
                    FailureKind.REFUSED,
                    "HOST_CALL_FAILED",
                    "the host refused it",
                    "look at the host; certwright explain CODE says more of a Windows error"));

    private static CallComplaint row(
            Predicate<CallError> fits, FailureKind kind, String code, String meaning, String fix) {
        return new CallComplaint(fits, kind, code, meaning, fix);
    }

    static CallFailedException of(String host, String function, CallError error, int done) {
        CallComplaint row =
                TABLE.stream().filter(each -> each.fits.test(error)).findFirst().orElseThrow();
        String said = error.message().isBlank() ? error.type() : error.message();
        return new CallFailedException(
                row.kind,
                row.code,
                "host " + Printable.escape(host, 80) + ": " + function + " failed: " + row.meaning + " ("
                        + Printable.escape(error.code(), 20) + ", " + Printable.escape(said.strip(), 300) + "); "
                        + row.fix,
                error,
                done);
    }
}
