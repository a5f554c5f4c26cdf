package io.certwright.enrollment.certreq;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/** The number that the CA gave each intent, kept as soon as it is known: with it nothing has to be asked for twice. */
record RequestNumbers(IssuerName issuer, IssuerMemory memory, Clock clock) {
    private static final String KIND = "request-number";

    Optional<RequestId> find(EnrollmentRequest request) throws LifecycleException {
        return memory.find(issuer, KIND, request.intent().toString())
                .map(fact -> new RequestId(new String(fact.value(), StandardCharsets.US_ASCII)));
    }

    RequestId remember(EnrollmentRequest request, long number) throws LifecycleException {
        byte[] value = String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
        memory.remember(issuer, Remembered.first(KIND, request.intent().toString(), value, clock.instant()));
        return new RequestId(String.valueOf(number));
    }
}
