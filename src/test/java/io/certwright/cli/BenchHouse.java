package io.certwright.cli;

import io.certwright.alert.AlertOutbox;
import io.certwright.crypto.KeySealer;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.ServerBindings;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Inventory;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.store.postgres.PostgresInventory;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.trust.TrustRepository;
import java.time.Clock;

/** A house with a bench in it: commands run the real story against a real database and a scripted CA and server. */
record BenchHouse(StoryBench bench, TestDatabase database) implements House {
    @Override
    public Rooms enter(GlobalOptions options) {
        return new BenchRooms();
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    Run run(String... words) {
        return Run.of(this, words);
    }

    private final class BenchRooms extends ClosedRooms {
        @Override
        public Clock clock() {
            return bench.clock;
        }

        @Override
        public String person() {
            return "tester";
        }

        @Override
        public Wishes wishes() {
            return bench.wishes;
        }

        @Override
        public Issuers issuers() {
            return bench.ports().issuers();
        }

        @Override
        public ServerBindings bindings() {
            return bench.ports().bindings();
        }

        @Override
        public Story story() {
            return bench.story();
        }

        @Override
        public Inventory inventory() {
            return new PostgresInventory(database.database());
        }

        @Override
        public KeySealer sealer() {
            return bench.sealer();
        }

        @Override
        public AlertOutbox outbox() {
            return bench.stored().outbox();
        }

        @Override
        public CertificateRepository certificates() {
            return bench.stored().certificates();
        }

        @Override
        public RenewalRepository renewals() {
            return bench.stored().renewals();
        }

        @Override
        public TrustRepository trust() {
            return bench.stored().trust();
        }
    }
}
