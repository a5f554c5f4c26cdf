package io.certwright.doctor;

import static io.certwright.doctor.Patient.DATA;
import static io.certwright.doctor.Patient.LISTEN;
import static io.certwright.doctor.Patient.NOON;
import static io.certwright.doctor.Patient.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.ChannelTrust;
import io.certwright.alert.Recipient;
import io.certwright.alert.mail.MailLimits;
import io.certwright.alert.mail.MailSender;
import io.certwright.alert.mail.MailServer;
import io.certwright.alert.mail.MailSettings;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.doctor.Diagnosis.State;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.enrollment.builtin.BuiltinSettings;
import io.certwright.enrollment.manual.ManualIssuer;
import io.certwright.enrollment.manual.ManualSettings;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.MasterKeyFile;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestSmtpServer;
import io.certwright.testing.TestWish;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check is made ill, says so with a fix, and is well again once the fix is applied. */
class DoctorTest {
    private static final TestCa CA = TestCa.root("CN=Test Root", NOON.minus(Duration.ofDays(30)));

    private final Patient patient = new Patient();

    private static StoredCertificate inUse(String name, Instant notBefore, Instant successor) {
        TestCertificate certificate =
                CA.leaf(name + ".contoso.com").valid(notBefore, notBefore.plus(Duration.ofDays(90)));
        return new StoredCertificate(
                CertificateName.of(name),
                certificate.issue(),
                new IssuerName("lab"),
                "wish",
                new UUID(1, 1),
                Optional.of(Patient.SEALER.seal(certificate.keyPair())),
                Optional.empty(),
                notBefore,
                Optional.of(notBefore),
                Optional.of(notBefore),
                Optional.of(successor),
                Optional.empty(),
                Optional.empty());
    }

    private void finds(String check, State state, String sentence, String fix) {
        Diagnosis diagnosis = patient.diagnosisOf(check);
        assertThat(diagnosis.state()).isEqualTo(state);
        assertThat(diagnosis.findings())
                .extracting(Finding::sentence, Finding::fix)
                .containsExactly(tuple(sentence, fix));
    }

    private void isWellAgain() {
        assertThat(new Doctor(patient).examine()).allMatch(diagnosis -> diagnosis.state() == State.WELL);
    }

    @Test
    void a_service_that_stopped_looking_is_found() {
        patient.lastPass = Optional.of(NOON.minus(Duration.ofHours(30)));

        Diagnosis diagnosis = patient.diagnosisOf("heartbeat");

        assertThat(diagnosis.findings())
                .containsExactly(Finding.wrong(
                        "service: the last look at the certificates ended at 2026-11-30T06:00:00Z,"
                                + " wanted one within the last 6 h",
                        "start \"certwright serve\", or read data/log for what goes wrong"));
    }

    @Test
    void a_household_without_a_service_is_well() {
        patient.lastPass = Optional.empty();

        assertThat(patient.diagnosisOf("heartbeat").findings()).isEmpty();
    }

    @Test
    void finds_nothing_where_all_is_well() {
        isWellAgain();
        assertThat(new Doctor(patient).examine())
                .extracting(Diagnosis::check)
                .containsExactly(
                        "settings",
                        "disk",
                        "ports",
                        "database",
                        "clock",
                        "master-key",
                        "issuers",
                        "dns",
                        "hosts",
                        "mail",
                        "outbox",
                        "heartbeat",
                        "renewals");
    }

    @Test
    void names_each_fault_of_the_settings_and_looks_at_nothing_that_needs_them() {
        patient.faults.add("certwright.yml:3:5: issuer: got \"lap\", wanted \"lab\"");

        finds(
                "settings",
                State.WRONG,
                "certwright.yml:3:5: issuer: got \"lap\", wanted \"lab\"",
                "correct the settings file; \"certwright config check\" says when it is sound");
        assertThat(patient.diagnosisOf("outbox"))
                .isEqualTo(new Diagnosis(
                        "outbox",
                        State.NOT_LOOKED_AT,
                        "alerts on their way: not looked at, because the check \"settings\" says what is wrong",
                        List.of()));

        patient.faults.clear();
        isWellAgain();
    }

    @Test
    void finds_a_full_disk() {
        patient.free.put(DATA, 12L << 20);
        finds(
                "disk",
                State.WRONG,
                "folder data: got 12 MB free, wanted at least 500 MB",
                "free space on that disk, or set another folder");

        patient.free.put(DATA, 501L << 20);
        isWellAgain();
    }

    @Test
    void finds_a_folder_that_cannot_be_written() {
        patient.readOnly.add(DATA);
        finds(
                "disk",
                State.WRONG,
                "folder data: cannot be written by this account",
                "let the account that runs Certwright write there, or set another folder");

        patient.readOnly.clear();
        isWellAgain();
    }

    @Test
    void finds_a_port_that_another_program_has() {
        patient.listening.put(PLAIN, Listening.TAKEN);
        finds(
                "ports",
                State.WRONG,
                "127.0.0.1:8080: another program listens there",
                "end the other program, or set service.listen and service.listen-plain to free ports");

        patient.listening.put(PLAIN, Listening.FREE);
        isWellAgain();
        patient.listening.put(LISTEN, Listening.OURS);
        patient.listening.put(PLAIN, Listening.TAKEN);
        isWellAgain();
    }

    @Test
    void finds_a_port_that_this_account_may_not_use() {
        patient.listening.put(LISTEN, Listening.FORBIDDEN);
        finds(
                "ports",
                State.WRONG,
                "127.0.0.1:8443: this account may not listen there",
                "set a port above 1023 under service, or allow the account to use lower ones");

        patient.listening.put(LISTEN, Listening.FREE);
        isWellAgain();
    }

    @Test
    void finds_an_address_of_another_machine() {
        patient.listening.put(LISTEN, Listening.ELSEWHERE);
        finds(
                "ports",
                State.WRONG,
                "127.0.0.1:8443: is no address of this machine",
                "set it under service to an address of this machine, or to 0.0.0.0 for all of them");

        patient.listening.put(LISTEN, Listening.FREE);
        isWellAgain();
    }

    @Test
    void finds_a_database_that_does_not_answer() {
        patient.databaseAhead = () -> {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "DATABASE_UNREACHABLE", "database db/certwright: takes no connection");
        };
        finds(
                "database",
                State.WRONG,
                "database db/certwright: takes no connection",
                "start the database server or correct database in the settings; the embedded one writes why it ends to the"
                        + " log in its folder");
        assertThat(patient.diagnosisOf("clock").state()).isEqualTo(State.NOT_LOOKED_AT);

        patient.databaseAhead = () -> Duration.ZERO;
        isWellAgain();
    }

    @Test
    void finds_a_database_that_can_only_be_read() {
        patient.databaseIsReadOnly = true;
        finds(
                "database",
                State.WRONG,
                "database: got one that can only be read, wanted one that takes changes",
                "name the primary server under database in the settings, or take default_transaction_read_only from the"
                        + " database and its user");

        patient.databaseIsReadOnly = false;
        isWellAgain();
    }

    @Test
    void finds_a_clock_that_differs_from_the_database() {
        patient.databaseAhead = () -> Duration.ofHours(1);
        finds(
                "clock",
                State.WRONG,
                "clock: got 2026-12-01T12:00:00Z, but the database has 2026-12-01T13:00:00Z",
                "let the clock be set by NTP: on Linux \"timedatectl set-ntp true\", on Windows \"w32tm /resync\"");

        patient.databaseAhead = () -> Duration.ofSeconds(3);
        isWellAgain();
    }

    @Test
    void finds_a_clock_before_a_certificate_in_use_and_before_this_century_of_ours() {
        patient.inUse.add(inUse("wsus01", NOON, NOON.plus(Duration.ofDays(60))));
        patient.clock.moveTo(Instant.parse("1999-12-31T23:00:00Z"));

        assertThat(patient.diagnosisOf("clock").findings())
                .extracting(Finding::sentence)
                .containsExactly(
                        "clock: got 1999-12-31T23:00:00Z, wanted a time between 2026-01-01T00:00:00Z and"
                                + " 2100-01-01T00:00:00Z",
                        "clock: got 1999-12-31T23:00:00Z, but the certificate in use of wsus01 is valid only from "
                                + NOON);

        patient.clock.moveTo(NOON);
        isWellAgain();
    }

    @Test
    void finds_a_master_key_that_others_may_read(@TempDir Path folder) throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path file = folder.resolve("master.key");
        MasterKeyFile key = new MasterKeyFile(file, new SecureRandom());
        key.ensure(() -> false);
        patient.exposure = key::findExposure;
        patient.sealer = key::open;

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        finds(
                "master-key",
                State.WRONG,
                "master key file: others than its owner may use it (rw-r--r--), wanted rw-------; run: chmod 600 \""
                        + file + "\"",
                "run the command named there, then look who could read it");

        assertThat(new ProcessBuilder("chmod", "600", file.toString()).start().waitFor())
                .isZero();
        isWellAgain();
    }

    @Test
    void finds_a_rotation_of_the_master_key_that_was_not_finished() {
        patient.underOldMasterKeys = 7;

        finds(
                "master-key",
                State.WARNING,
                "a rotation of the master key is not finished: 7 of the sealed keys lie under an old one",
                "\"certwright key rotate\" finishes it; keep the old master key until then");
        patient.underOldMasterKeys = 0;
        isWellAgain();
    }

    @Test
    void finds_a_master_key_that_is_missing_or_another_one(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("master.key");
        MasterKeyFile key = new MasterKeyFile(file, new SecureRandom());
        TestCertificate certificate = CA.leaf("wsus01.contoso.com").valid(NOON, NOON.plus(Duration.ofDays(90)));
        StoredCertificate plain = inUse("wsus01", NOON, NOON.plus(Duration.ofDays(60)));
        patient.inUse.add(new StoredCertificate(
                plain.name(),
                plain.certificate(),
                plain.issuer(),
                plain.wishDigest(),
                plain.renewal(),
                Optional.of(key.ensure(() -> false).seal(certificate.keyPair())),
                plain.hostKey(),
                plain.receivedAt(),
                plain.acceptedAt(),
                plain.inUseSince(),
                plain.plannedSwitchOver(),
                plain.retiredAt(),
                plain.revokedAt()));
        patient.sealer = () -> key.ensure(() -> true);
        Path backup = Files.move(file, folder.resolve("backup"));
        String fix = "put the backup of the master key back, or give it in CERTWRIGHT_MASTER_KEY";

        finds(
                "master-key",
                State.WRONG,
                "master key file \"" + file
                        + "\" is not there, but keys are sealed under it; put the backup of it back",
                fix);

        key.ensure(() -> false);
        Diagnosis another = patient.diagnosisOf("master-key");
        assertThat(another.findings()).hasSize(1).first().satisfies(found -> {
            assertThat(found.sentence()).startsWith("key of wsus01: cannot be opened: ");
            assertThat(found.fix()).startsWith("put the backup of the master key back; if there is none, ");
        });

        Files.delete(file);
        Files.move(backup, file);
        isWellAgain();
    }

    @Test
    void finds_a_ca_that_cannot_be_used(@TempDir Path folder) throws Exception {
        Path requests = Files.writeString(folder.resolve("requests"), "a file where a folder should be");
        patient.issuers.add(new ManualIssuer(
                new IssuerName("pki-team"),
                new ManualSettings(requests, List.of(), Duration.ofHours(1), Optional.empty()),
                new MemoryIssuerMemory(),
                patient.clock));
        finds(
                "issuers",
                State.WRONG,
                "issuer pki-team: nothing can be written to \"" + requests + "\"; check its permissions",
                "make the CA answer or correct issuers.pki-team in the settings, then \"certwright issuer test pki-team\"");

        Files.delete(requests);
        isWellAgain();
    }

    @Test
    void warns_of_a_ca_whose_certificates_name_no_revocation_list() {
        patient.issuers.add(builtin(Optional.empty()));
        finds(
                "issuers",
                State.WARNING,
                "issuer lab has no public-url, so its certificates name no revocation list: Windows Update clients that"
                        + " check revocation may refuse them; set public-url to an address of this service that clients"
                        + " reach by http",
                "correct issuers.lab in the settings, then \"certwright issuer test lab\"");

        patient.issuers.set(0, builtin(Optional.of("http://pki.contoso.com:8080")));
        isWellAgain();
    }

    private static BuiltinSettings settings(Optional<URI> publicUrl) {
        BuiltinSettings standard = BuiltinSettings.standard();
        return new BuiltinSettings(
                standard.caKey(),
                standard.lifetime(),
                standard.issuingLifetime(),
                standard.rootLifetime(),
                standard.prepareAhead(),
                standard.revocationListLifetime(),
                publicUrl);
    }

    private BuiltinIssuer builtin(Optional<String> publicUrl) {
        return new BuiltinIssuer(
                new IssuerName("lab"),
                settings(publicUrl.map(URI::create)),
                new MemoryIssuerMemory(),
                Patient.SEALER,
                patient.clock,
                new SecureRandom());
    }

    @Test
    void warns_of_a_name_that_has_no_address() {
        patient.wishes.add(TestWish.named("wsus01")
                .dns("wsus01.contoso.com", "*.contoso.com")
                .wish());
        patient.unknown.add(DnsName.parse("wsus01.contoso.com"));
        patient.unknown.add(DnsName.parse("*.contoso.com"));
        finds(
                "dns",
                State.WARNING,
                "wsus01.contoso.com: has no address as seen from here",
                "add an A or AAAA record for it, or correct the name under certificates");

        patient.unknown.clear();
        isWellAgain();
    }

    @Test
    void finds_a_dns_server_that_says_nothing_once_for_all_names() {
        patient.wishes.add(TestWish.named("wsus01")
                .dns("wsus01.contoso.com", "wsus02.contoso.com", "wsus03.contoso.com")
                .wish());
        patient.silent.addAll(List.of(DnsName.parse("wsus01.contoso.com"), DnsName.parse("wsus02.contoso.com")));
        finds(
                "dns",
                State.WRONG,
                "wsus01.contoso.com and 1 more: nothing is known, the DNS server could not say",
                "make the DNS server answer, or name another one: on Linux in /etc/resolv.conf, on Windows in the network"
                        + " adapter's settings");

        patient.silent.clear();
        isWellAgain();
    }

    @Test
    void warns_where_nobody_is_told() {
        patient.mail = Optional::empty;
        finds(
                "mail",
                State.WARNING,
                "mail: the settings name no mail server, so nobody hears when a certificate needs a person",
                "add alerts.mail with smtp and from, and alerts.to, then \"certwright alerts test --to ADDRESS\"");

        patient.mail = () -> Optional.of("mail server mail.contoso.com:587 answers");
        isWellAgain();
    }

    @Test
    void finds_a_mail_server_without_encryption_and_sends_nothing() throws Exception {
        TestCa ca = TestCa.root("CN=Mail CA", Instant.now());
        TestCertificate here = ca.leaf("localhost").ips("127.0.0.1");
        try (TestSmtpServer server =
                        TestSmtpServer.startTls(here.issue(), here.keyPair().getPrivate());
                TestSmtpServer clear =
                        TestSmtpServer.startTls(here.issue(), here.keyPair().getPrivate())) {
            clear.offersNoStartTls();
            patient.mail = () -> Optional.of(sender(ca, clear.port()).reach());
            finds(
                    "mail",
                    State.WRONG,
                    "mail server localhost:" + clear.port()
                            + " offers no STARTTLS, wanted an encrypted connection; correct the server, or use"
                            + " ?starttls=optional if mail may go there in clear text",
                    "correct alerts.mail in the settings or the server, then \"certwright alerts test --to ADDRESS\"");

            patient.mail = () -> Optional.of(sender(ca, server.port()).reach());
            isWellAgain();
            assertThat(server.mails()).isEmpty();
        }
    }

    private MailSender sender(TestCa ca, int port) throws LifecycleException {
        MailSettings settings = new MailSettings(
                MailServer.parse("smtp://localhost:" + port), new Recipient("pki@contoso.com"), Optional.empty());
        return new MailSender(
                settings,
                MailLimits.standard(),
                ChannelTrust.systemAnd(List.of(ca.certificate())).getSocketFactory(),
                ZoneOffset.UTC,
                patient.clock);
    }

    @Test
    void finds_alerts_that_did_not_leave() {
        Recipient anna = new Recipient("anna@contoso.com");
        patient.outbox.offer(
                Alert.of(
                        AlertKey.of("wsus01", AlertKind.RENEWAL_FAILED, "first"),
                        "wsus01: renewal failed",
                        "The CA is down.",
                        "It is tried again.",
                        List.of(),
                        NOON.minus(Duration.ofHours(2))),
                anna);
        finds(
                "outbox",
                State.WRONG,
                "alert 1 to anna@contoso.com (wsus01: renewal failed): not sent since 2026-12-01T10:00:00Z",
                "make the check \"mail\" well, then \"certwright alerts send\"");

        patient.outbox.delivered(List.of(1L), NOON);
        isWellAgain();
    }

    @Test
    void finds_certificates_that_no_service_looks_at() {
        CertificateName name = CertificateName.of("wsus01");
        patient.looks.put(name, NOON.minus(Duration.ofHours(2)));
        finds(
                "renewals",
                State.WRONG,
                "wsus01: was to be looked at more than an hour ago, so no service runs here",
                "start the service with \"certwright serve\", or now: certwright renew wsus01");

        patient.looks.put(name, NOON.plus(Duration.ofDays(60)));
        isWellAgain();
    }

    @Test
    void finds_a_certificate_that_should_have_been_replaced() {
        Instant issued = NOON.minus(Duration.ofDays(80));
        patient.inUse.add(inUse("wsus01", issued, NOON.minus(Duration.ofDays(20))));
        finds(
                "renewals",
                State.WRONG,
                "wsus01: its successor was to be bound at 2026-11-11T12:00:00Z, it ends at 2026-12-11T12:00:00Z",
                "see \"certwright why wsus01\", then certwright renew wsus01");

        patient.inUse.set(0, inUse("wsus01", NOON, NOON.plus(Duration.ofDays(60))));
        isWellAgain();
    }
}
