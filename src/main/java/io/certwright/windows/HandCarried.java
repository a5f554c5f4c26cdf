package io.certwright.windows;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request that a person carries to the host as a file, and the answer that comes back as one. */
public final class HandCarried {
    private final List<? extends WindowsCall<?>> calls;

    public HandCarried(List<? extends WindowsCall<?>> calls) {
        this.calls = List.copyOf(calls);
    }

    /** The text of the request; it may hold a key, and the caller wipes it. */
    public byte[] request() {
        return RequestJson.write(calls);
    }

    /** Whether the host is as before when all is done. */
    public boolean isReadOnly() {
        return calls.stream().allMatch(WindowsCall::isReadOnly);
    }

    /** What is asked, for people: {@code Get-Sites, Get-HttpSysTable}. */
    public String functions() {
        return String.join(", ", calls.stream().map(WindowsCall::function).toList());
    }

    /**
     * The same for the same calls, whatever secrets they carry: a password is made anew each time, and what it protects differs with it.
     * 16 hex digits.
     */
    public String id() {
        StringBuilder said = new StringBuilder();
        for (WindowsCall<?> call : calls) {
            said.append(call.function()).append('\n');
            for (RecordComponent component : call.getClass().getRecordComponents()) {
                if (component.getType() != SecretBytes.class) {
                    said.append(component.getName())
                            .append('=')
                            .append(valueOf(call, component))
                            .append('\n');
                }
            }
        }
        return Sha256Fingerprint.ofDer(said.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
    }

    private static Object valueOf(WindowsCall<?> call, RecordComponent component) {
        try {
            return component.getAccessor().invoke(call);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("A component of " + call.getClass() + " cannot be read.", impossible);
        }
    }

    /** Reads what the script printed on the host. */
    public Answers answers(String host, String printed) throws LifecycleException {
        return AnswerJson.read(host, calls, new VisitOutput(0, printed, ""));
    }
}
