package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that changes DNS: called without a shell, behind its own arguments {@code present} or {@code cleanup}, the record's name
 * and its value. It ends with 0 when the record is there, or gone.
 */
record DnsHook(IssuerName issuer, List<String> command, Duration limit) implements Responder {
    private static final Logger LOG = LoggerFactory.getLogger(DnsHook.class);

    @Override
    public String type() {
        return "dns-01";
    }

    @Override
    public void show(ChallengeAnswer answer) throws LifecycleException {
        run("present", answer);
    }

    @Override
    public void withdraw(ChallengeAnswer answer) {
        try {
            run("cleanup", answer);
        } catch (LifecycleException stays) {
            LOG.warn("A record shown to the CA stays: {}", stays.getMessage());
        }
    }

    private void run(String what, ChallengeAnswer answer) throws LifecycleException {
        List<String> call = new ArrayList<>(command);
        call.addAll(List.of(what, answer.recordName(), answer.digest()));
        Optional<String> complaint = new Program(call, limit).run().complaint();
        if (complaint.isPresent()) {
            throw failed(", called with " + what + ", " + complaint.get());
        }
    }

    private LifecycleException failed(String why) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "DNS_HOOK_FAILED",
                "issuer " + issuer + ": the hook " + Printable.quote(command.get(0)) + " for dns-01" + why
                        + "; run it by hand and mend it");
    }

    @Override
    public String test() throws LifecycleException {
        Path program = Path.of(command.get(0));
        if (program.isAbsolute() && !Files.isExecutable(program)) {
            throw failed(" is not there or may not be run");
        }
        return "calls " + Printable.quote(command.get(0));
    }
}
