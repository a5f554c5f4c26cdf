package io.certwright.enrollment;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.enrollment.builtin.BuiltinSettings;
import io.certwright.enrollment.manual.ManualIssuer;
import io.certwright.enrollment.manual.ManualSettings;
import io.certwright.enrollment.selfsigned.SelfSignedIssuer;
import io.certwright.enrollment.selfsigned.SelfSignedSettings;
import io.certwright.store.postgres.PostgresIssuerMemory;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract for each issuer, on a memory in this process and on the real one. */
class IssuersTest {
    /** Not as an extension: JUnit would open it again for each nested class. */
    private static TestDatabase database;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final IssuerName NAME = new IssuerName("lab");
    private static final BuiltinSettings BUILTIN = new BuiltinSettings(
            KeySpec.P_256,
            Duration.ofDays(90),
            Duration.ofDays(1_000),
            Duration.ofDays(3_000),
            Duration.ofDays(30),
            Duration.ofDays(7),
            Optional.empty());

    @TempDir
    Path folder;

    @BeforeAll
    static void openDatabase() throws Exception {
        database = TestDatabase.open();
    }

    @AfterAll
    static void closeDatabase() throws Exception {
        database.close();
    }

    /** A name of its own for each test, so that tests share the table but no facts. */
    private static IssuerName freshName() {
        return new IssuerName("lab-" + Long.toHexString(RANDOM.nextLong()));
    }

    /** What signs here has nobody to wait for, and no way on which an answer could be lost. */
    private static void decidesHere(IssuerInTrouble.Treatment treatment) {
        if (treatment != IssuerInTrouble.Treatment.ISSUES) {
            Assumptions.abort("an issuer that signs by itself cannot be brought to: " + treatment);
        }
    }

    @Nested
    class BuiltinInMemory extends IssuerContract {
        private final IssuerMemory memory = new MemoryIssuerMemory();

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected void become(Treatment treatment) {
            decidesHere(treatment);
        }

        @Override
        protected Issuer node() {
            return nodeOn(memory);
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            return new BuiltinIssuer(NAME, BUILTIN, seen, SEALER, clock, RANDOM);
        }
    }

    @Nested
    class BuiltinOnPostgres extends IssuerContract {
        private final IssuerName name = freshName();
        private final IssuerMemory memory = new PostgresIssuerMemory(database.database());

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected void become(Treatment treatment) {
            decidesHere(treatment);
        }

        @Override
        protected Issuer node() {
            return nodeOn(memory);
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            return new BuiltinIssuer(name, BUILTIN, seen, SEALER, clock, RANDOM);
        }
    }

    @Nested
    class SelfSignedInMemory extends IssuerContract {
        private final IssuerMemory memory = new MemoryIssuerMemory();

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected void become(Treatment treatment) {
            decidesHere(treatment);
        }

        @Override
        protected Issuer node() {
            return nodeOn(memory);
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            return new SelfSignedIssuer(NAME, SelfSignedSettings.standard(), seen, SEALER, clock, RANDOM);
        }
    }

    @Nested
    class SelfSignedOnPostgres extends IssuerContract {
        private final IssuerName name = freshName();
        private final IssuerMemory memory = new PostgresIssuerMemory(database.database());

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected void become(Treatment treatment) {
            decidesHere(treatment);
        }

        @Override
        protected Issuer node() {
            return nodeOn(memory);
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) {
            return new SelfSignedIssuer(name, SelfSignedSettings.standard(), seen, SEALER, clock, RANDOM);
        }
    }

    @Nested
    class ManualInMemory extends ManualContract {
        private final IssuerMemory memory = new MemoryIssuerMemory();

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) throws Exception {
            return manual(NAME, seen);
        }
    }

    @Nested
    class ManualOnPostgres extends ManualContract {
        private final IssuerName name = freshName();
        private final IssuerMemory memory = new PostgresIssuerMemory(database.database());

        @Override
        protected IssuerMemory memory() {
            return memory;
        }

        @Override
        protected Issuer nodeOn(IssuerMemory seen) throws Exception {
            return manual(name, seen);
        }
    }

    /** The people behind the manual issuer: a CA that signs what is asked. */
    abstract class ManualContract extends IssuerContract {
        private final TestCa root = TestCa.root("CN=PKI Team Root", Instant.parse("2026-11-22T10:00:00Z"));
        private final TestCa issuing = root.intermediate("CN=PKI Team Issuing");

        @Override
        protected Issuer node() throws Exception {
            return nodeOn(memory());
        }

        @Override
        protected void become(Treatment treatment) {
            if (treatment != Treatment.ISSUES && treatment != Treatment.PENDS) {
                throw cannot("people who answer by a file cannot be brought to: " + treatment);
            }
        }

        protected ManualIssuer manual(IssuerName name, IssuerMemory memory) throws Exception {
            Path anchor = folder.resolve("root.cer");
            Files.writeString(anchor, PemCodec.certificate(root.certificate()));
            ManualSettings settings = new ManualSettings(
                    folder.resolve("requests"), List.of(anchor), Duration.ofHours(1), Optional.empty());
            return new ManualIssuer(name, settings, memory, clock);
        }

        @Override
        protected synchronized void answer(Issuer node, EnrollmentRequest request) throws Exception {
            if (((LooksUpAnswers) node).lookUp(request).orElseThrow() instanceof Issued) {
                return;
            }
            var leaf = issuing.leaf(
                            request.names().dns().stream().map(Object::toString).toArray(String[]::new))
                    .publicKey(request.csr().publicKey())
                    .certificate();
            String answer = PemCodec.certificates(List.of(root.certificate(), leaf, issuing.certificate()));
            ((TakesAnswer) node).accept(request, answer.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
