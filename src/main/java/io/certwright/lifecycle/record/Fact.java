package io.certwright.lifecycle.record;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.RequestId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Something that happened in a renewal, to be recorded in one transaction; {@code at} is when. */
public sealed interface Fact {
    Instant at();

    /** The intent: which key will be certified, and the CSR made with it. Recorded before the CA is asked. */
    record KeyMade(UUID keyId, SealedKey key, CertificateSigningRequest csr, Instant at) implements Fact {}

    /** The CA is about to be asked, for the {@code times}-th time. */
    record AboutToAsk(int times, Instant at) implements Fact {}

    /** Asking failed and the CA certainly holds no request of ours: the next try asks anew. */
    record NotAsked(Instant at) implements Fact {}

    /** The CA holds the request and will answer later. */
    record PendingAtCa(RequestId id, String sentence, Instant askAgainAt, Instant at) implements Fact {}

    /** What the CA gave, whatever it is worth. */
    record Received(IssuedCertificate certificate, Instant at) implements Fact {}

    /** Our checks accepted it. */
    record Accepted(Instant at) implements Fact {}

    /** It belongs to our inventory with its key: fit to be bound. */
    record Stored(Instant at) implements Fact {}

    /** The package with what clients need has been written. */
    record TrustPublished(Instant at) implements Fact {}

    /** The first binding is about to be pointed to it; snapshots stand. */
    record Bound(Instant at) implements Fact {}

    /** Every endpoint was seen to present it. */
    record Verified(Instant at) implements Fact {}

    /** The bindings are back where they were: {@code Bound} is undone. */
    record Unbound(Instant at) implements Fact {}

    /** The run ended thus; the renewal stays open. */
    record Stands(Renewal.Standing standing) implements Fact {
        @Override
        public Instant at() {
            return standing.at();
        }
    }

    /** The renewal is over: its certificate is in use, and its successor is to be bound at {@code plannedSwitchOver}. */
    record Completed(String sentence, Instant plannedSwitchOver, Instant at) implements Fact {}

    /** What a person had bound by hand is in use as it is, unchecked; its successor is to be bound at {@code plannedSwitchOver}. */
    record Adopted(String sentence, Instant plannedSwitchOver, Instant at) implements Fact {}

    /** The renewal is over without a certificate in use: another one takes its place. */
    record Abandoned(String outcome, String sentence, Instant at) implements Fact {}

    /** Names the key by which a host keeps a private key that never leaves it, and the CSR the host made with it. */
    record HostKeyMade(Optional<String> reference, CertificateSigningRequest csr, Instant at) implements Fact {}
}
