package io.certwright.cli;

import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Recipient;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.TrustRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Rooms that nobody may enter: a test opens the ones that its command is meant to ask for, and any other fails it. */
class ClosedRooms implements Rooms {
    private static <T> T closed() {
        throw new IllegalStateException("this command is not meant to open that room");
    }

    @Override
    public Clock clock() {
        return closed();
    }

    @Override
    public Surroundings surroundings() {
        return closed();
    }

    @Override
    public SettingsReport settings() {
        return closed();
    }

    @Override
    public boolean ensureQuickStart() {
        return closed();
    }

    @Override
    public Wishes wishes() {
        return closed();
    }

    @Override
    public Issuers issuers() {
        return closed();
    }

    @Override
    public Story story() {
        return closed();
    }

    @Override
    public CertificateRepository certificates() {
        return closed();
    }

    @Override
    public RenewalRepository renewals() {
        return closed();
    }

    @Override
    public TrustRepository trust() {
        return closed();
    }

    @Override
    public TrustPublisher publisherTo(Path folder) {
        return closed();
    }

    @Override
    public AlertOutbox outbox() {
        return closed();
    }

    @Override
    public Optional<AlertDispatch> dispatch() {
        return closed();
    }

    @Override
    public String testMail(Recipient to) {
        return closed();
    }

    @Override
    public ServiceRoom service() {
        return closed();
    }

    @Override
    public void stay() {}

    @Override
    public void close() {}
}
