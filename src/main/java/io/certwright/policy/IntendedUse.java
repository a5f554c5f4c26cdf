package io.certwright.policy;

import io.certwright.certificate.SubjectAlternativeNames;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how a certificate is going to serve, as far as it is known.
 *
 * @param namesInUse names under which clients reach the server today: of bindings, of WSUS settings, of the clients' URLs
 * @param mustLast how long it must still be valid from the inspection on: the clients' wait and the longest gap between windows
 * @param servesWsus whether WSUS or a software update point is behind it
 * @param template the AD CS template it was asked by: a name, or an object identifier in dotted decimal
 */
public record IntendedUse(
        SubjectAlternativeNames namesInUse, Duration mustLast, boolean servesWsus, Optional<String> template) {
    /** Nothing is known. */
    public static IntendedUse unknown() {
        return new IntendedUse(SubjectAlternativeNames.ofDns(), Duration.ZERO, false, Optional.empty());
    }

    public IntendedUse withNamesInUse(SubjectAlternativeNames names) {
        return new IntendedUse(names, mustLast, servesWsus, template);
    }

    public IntendedUse lasting(Duration atLeast) {
        return new IntendedUse(namesInUse, atLeast, servesWsus, template);
    }

    public IntendedUse forWsus() {
        return new IntendedUse(namesInUse, mustLast, true, template);
    }

    public IntendedUse byTemplate(String nameOrOid) {
        return new IntendedUse(namesInUse, mustLast, servesWsus, Optional.of(nameOrOid));
    }
}
