package io.certwright.enrollment.certreq;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said when the CA gave neither a certificate nor a decision. */
record CertreqFailures(IssuerName issuer, String ca) {
    /** A person still has to carry the request to the host: nothing left yet. */
    private static final String NOT_CARRIED = "HOST_RUNBOOK_WAITS";

    /** The script failed at something that nobody foresaw, before certreq or after it. */
    private static final String SOMEWHERE = "HOST_CALL_FAILED";

    private static final Set<FailureKind> MAY_BE_DONE =
            Set.of(FailureKind.UNREACHABLE, FailureKind.MALFORMED_ANSWER, FailureKind.INTERNAL);

    /** A visit that was to submit a request and failed: whether certreq ran is known only where the host refused before it. */
    static LifecycleException ofVisit(LifecycleException failed) {
        boolean mayBeDone = MAY_BE_DONE.contains(failed.kind()) || failed.code().equals(SOMEWHERE);
        return mayBeDone && !failed.code().equals(NOT_CARRIED) ? AnswerLostException.after(failed) : failed;
    }

    /** certreq ended with a failure, or with nothing that can be used. */
    LifecycleException of(CertreqSaid said) {
        if (said.isAboutAccess()) {
            return failure(
                    FailureKind.UNAUTHORIZED,
                    "CA_ACCESS_DENIED",
                    "does not let the account ask with which certreq runs: " + said.words() + said.explained()
                            + "; a task as SYSTEM asks as the host's own account, which then needs Enroll on the template");
        }
        if (said.code().isPresent()) {
            return failure(
                    FailureKind.UNREACHABLE,
                    "CA_UNREACHABLE",
                    "did not take the request, certreq ended with " + said.end() + ": " + said.words()
                            + said.explained());
        }
        return failure(
                FailureKind.MALFORMED_ANSWER,
                "CERTREQ_UNCLEAR",
                "may have the request: certreq ended with " + said.end()
                        + ", wrote no certificate and named no request, saying " + said.words()
                        + "; look into the CA's console for it");
    }

    LifecycleException notAnswering(CertreqSaid said) {
        return failure(
                said.isAboutAccess() ? FailureKind.UNAUTHORIZED : FailureKind.UNREACHABLE,
                said.isAboutAccess() ? "CA_ACCESS_DENIED" : "CA_UNREACHABLE",
                "does not answer, certutil ended with " + said.end() + ": " + said.words() + said.explained());
    }

    /** @param lines of certutil, each with the internal name of a template before its first colon */
    LifecycleException noSuchTemplate(String template, List<String> lines) {
        String there = lines.stream()
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .filter(name -> !name.isEmpty() && !name.equals("CertUtil"))
                .collect(Collectors.joining(", "));
        return failure(
                FailureKind.REFUSED,
                "TEMPLATE_NOT_OFFERED",
                "issues by the templates " + Printable.escape(there, 400) + ", wanted " + Printable.quote(template)
                        + "; publish it at the CA, and name it by its internal name");
    }

    LifecycleException unknownRequest(EnrollmentRequest request, RequestId id) {
        return failure(
                FailureKind.REFUSED,
                "REQUEST_UNKNOWN",
                "knows no request " + Printable.quote(id.value()) + " for " + request.certificate()
                        + "; look into its console, then \"certwright renew " + request.certificate() + " --force\"");
    }

    private LifecycleException failure(FailureKind kind, String code, String what) {
        return new LifecycleException(
                kind, code, "issuer " + issuer + ": CA " + Printable.escape(ca, 200) + " " + what);
    }
}
