package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code issue NAME}, {@code issue --dns FQDN --issuer I}, {@code issue --csr FILE --issuer I}: a certificate by hand. */
@Command(
        name = "issue",
        description = {
            "Obtains a certificate now: one of the settings, or one for names or a request given here, whose files go to a folder.",
            "Ends when it is stored and says the next command; --bind goes on."
        })
final class IssueCommand implements CommandBody {
    @Mixin
    private IssueSubject subject = new IssueSubject();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write the files there; for names or a request given here, else to a folder of the first name.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--bind", description = "Go on: publish trust, bind, prove.")
    private boolean bind;

    @Option(
            names = "--answer",
            paramLabel = "FILE",
            description = "The answer of a CA behind people: PEM, DER or PKCS#7.")
    private Optional<Path> answer = Optional.empty();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        IssueSubject.Asked asked = subject.resolve(rooms);
        ManagedCertificate wish = asked.wish();
        requireSense(asked);
        Optional<IssuedFiles> files = folderFor(asked).map(IssuedFiles::new);
        files.ifPresent(IssuedFiles::requireRoom);
        if (answer.isPresent()) {
            rooms.story().answering().take(wish, GivenFile.read("--answer", answer.get()));
        }
        StoryTeller teller = new StoryTeller(screen, rooms.clock());
        Urge urge = asked.request().map(Urge.ISSUE_ONLY::with).orElse(Urge.ISSUE_ONLY);
        RenewalOutcome outcome = rooms.story().lifecycle().run(wish, urge, teller);
        Optional<StoredCertificate> stored = stored(rooms, wish, outcome);
        List<Path> written = new ArrayList<>();
        if (stored.isPresent() && files.isPresent()) {
            written.addAll(files.get().write(stored.get().certificate(), keyOf(rooms, stored.get())));
        }
        if (bind && isByHand(outcome)) {
            outcome = rooms.story().lifecycle().renew(wish.name(), Urge.BIND, teller);
        }
        return end(
                screen, Told.of(wish, outcome), stored, written, rooms.clock().instant());
    }

    private void requireSense(IssueSubject.Asked asked) {
        if (bind && !asked.inSettings()) {
            throw new WrongUsage("issue: --bind is for certificates of the settings; this one is bound nowhere");
        }
        if (answer.isPresent() && !asked.isNamed()) {
            throw new WrongUsage(
                    "issue: --answer belongs to a request that was made before; give its name: certwright issue NAME --answer "
                            + Printable.quote(answer.get().toString()));
        }
    }

    private Optional<Path> folderFor(IssueSubject.Asked asked) {
        return out.isPresent() || asked.inSettings()
                ? out
                : Optional.of(Path.of(asked.wish().name().value()));
    }

    /** In the inventory by now: in use, or waiting to be bound. */
    private static Optional<StoredCertificate> stored(Rooms rooms, ManagedCertificate wish, RenewalOutcome outcome)
            throws LifecycleException {
        if (outcome instanceof RenewalOutcome.Renewed renewed) {
            return rooms.certificates().find(renewed.certificate().sha256());
        }
        if (!isByHand(outcome)) {
            return Optional.empty();
        }
        Renewal open = rooms.renewals().findOpen(wish.name()).orElseThrow();
        return rooms.certificates().find(open.issued().orElseThrow());
    }

    private static boolean isByHand(RenewalOutcome outcome) {
        return outcome instanceof RenewalOutcome.Waiting waiting
                && waiting.hold().kind() == HoldKind.BY_HAND;
    }

    private static Optional<PrivateKey> keyOf(Rooms rooms, StoredCertificate stored) throws LifecycleException {
        return stored.key().isPresent()
                ? Optional.of(rooms.sealer().open(stored.key().get()))
                : Optional.empty();
    }

    private static ExitCode end(
            Screen screen, Told told, Optional<StoredCertificate> stored, List<Path> written, Instant now) {
        List<String> lines = new ArrayList<>(told.lines());
        written.forEach(file -> lines.add("  " + file));
        if (!written.isEmpty() && stored.filter(one -> one.key().isEmpty()).isPresent()) {
            lines.add("  no key file: the key stays where the request was made");
        }
        screen.answer(Answer.of(
                lines,
                json -> json.putObjects("certificates", List.of(told), (each, one) -> {
                            if (!(one.outcome().orElseThrow() instanceof RenewalOutcome.Renewed)) {
                                stored.ifPresent(held -> CertificateFields.certificate(each, held.certificate(), now));
                            }
                            one.write(each, now);
                        })
                        .putTexts("files", written)));
        return told.exit();
    }
}
