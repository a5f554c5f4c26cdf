package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.app.settings.SettingsReading;
import io.certwright.cli.ClosedRooms;
import io.certwright.cli.CommandFrame;
import io.certwright.cli.FakeSurroundings;
import io.certwright.cli.GlobalOptions;
import io.certwright.cli.House;
import io.certwright.cli.Rooms;
import io.certwright.cli.Surroundings;
import io.certwright.cli.Terminal;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.setup.NewSettings;
import io.certwright.testing.FreePorts;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestSmtpServer;
import io.certwright.windows.simulated.DemoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code init} against a simulated server, a built-in CA and a mail server, by its words and by a dialogue. */
class InitTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static DemoServer demo;
    private static TestSmtpServer mail;

    @TempDir
    private Path folder;

    private final FakeSurroundings person = new FakeSurroundings(Instant.EPOCH, List.of(), List.of());

    private record Run(int exit, String out, String err) {}

    @BeforeAll
    static void open() throws Exception {
        demo = DemoServer.open(FreePorts.one(), FreePorts.one(), FreePorts.one(), true, Clock.systemUTC(), RANDOM);
        TestCertificate here = TestCa.root("CN=Mail", Instant.now()).leaf("localhost");
        mail = TestSmtpServer.startTls(here.issue(), here.keyPair().getPrivate());
    }

    @AfterAll
    static void close() {
        demo.close();
        mail.close();
    }

    private Path file() {
        return folder.resolve("config").resolve("certwright.yml");
    }

    private Run run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("--config", file().toString(), "init"));
        all.addAll(Arrays.asList(words));
        int exit = new CommandFrame(new DraftingHouse(), stream(out), stream(err), Terminal.none())
                .run(all.toArray(String[]::new));
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** The real settings file, and the person of the test. */
    private final class DraftingHouse implements House {
        @Override
        public Rooms enter(GlobalOptions options) {
            return new ClosedRooms() {
                @Override
                public NewSettings newSettings() {
                    return new DraftedSettings(options.config(), Map.of("PW", "geheim"), Clock.systemUTC(), RANDOM);
                }

                @Override
                public Surroundings surroundings() {
                    return person;
                }
            };
        }

        @Override
        public String version() {
            return "0.1.0";
        }
    }

    private static String[] demoWords(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--host",
                                "demo",
                                "--transport",
                                "simulated",
                                "--address",
                                "127.0.0.1",
                                "--port",
                                String.valueOf(demo.controlPort()),
                                "--ca",
                                "builtin"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static String smtp() {
        return "smtp://127.0.0.1:" + mail.port() + "?starttls=off";
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private ConfigMapping readBack() {
        SettingsFile read = new SettingsFile(file(), Map.of("PW", "geheim"));
        Faults faults = new Faults();
        ConfigMapping top = read.read(faults).orElseThrow();
        assertThat(SettingsReading.read(new SettingsFile(file(), Map.of("PW", "geheim")), faults))
                .as(faults.toString())
                .isPresent();
        return top;
    }

    @Test
    void words_alone_write_settings_after_trying_host_ca_and_mail() throws Exception {
        int mails = mail.mails().size();

        Run run = run(demoWords(
                "--smtp",
                smtp(),
                "--from",
                "pki@contoso.com",
                "--to",
                "anna@contoso.com",
                "--client-group",
                "wsus-clients"));

        assertThat(run.exit()).as(run.err()).isZero();
        String start = "certwright --config " + file();
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "passed: host demo: DEMO answers, Windows Server 2019 Standard build 17763, PowerShell 5.1."),
                        line -> assertThat(line)
                                .startsWith(
                                        "passed: built-in CA lab: makes its root and issuing CA with the first certificate"),
                        line -> assertThat(line)
                                .startsWith("passed: mail server ")
                                .endsWith(" took a test mail to anna@contoso.com"),
                        line -> assertThat(line).isEqualTo(file() + " written"),
                        line -> assertThat(line)
                                .isEqualTo("next: \"" + start + " scan demo\" shows what is bound there"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "next: \"" + start
                                                + " adopt demo\" takes what is bound by hand into the settings and changes nothing there"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "the same as one command: " + start
                                                + " init --host demo --transport simulated --address 127.0.0.1 --port "
                                                + demo.controlPort() + " --ca builtin --smtp '" + smtp()
                                                + "' --from pki@contoso.com --to anna@contoso.com --client-group wsus-clients"));
        assertThat(file()).hasContent("""
                        # The settings of Certwright, begun by "certwright init". config/certwright.example.yml explains every key there is, and
                        # "certwright config check" names every fault. A running service reads this file again when it changes.

                        # Where certificates come from.
                        issuers:
                          lab:
                            type: builtin

                        # Servers that are looked after. In mode report nothing is changed there; mode: manage lets Certwright bind.
                        hosts:
                          demo:
                            mode: report
                            transport: simulated
                            address: "127.0.0.1"
                            port: %d

                        # Clients that share trust: they get what they need before a server changes.
                        client-groups:
                          wsus-clients:
                            publish-to: ./data/trust/wsus-clients

                        # The promise: at any time a good certificate for these names, bound there. "certwright adopt HOST" adds one.
                        certificates: {}

                        # Who is told, and how.
                        alerts:
                          mail:
                            smtp: "%s"
                            from: pki@contoso.com
                          to:
                            - anna@contoso.com
                        """.formatted(demo.controlPort(), smtp()));
        readBack();
        assertThat(written()).containsExactly(file());
        assertThat(mail.mails()).hasSize(mails + 1);
        assertThat(mail.mails().get(mails).to()).isEqualTo("anna@contoso.com");
    }

    @Test
    void settings_that_are_there_are_left_alone() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "mine");

        Run run = run(demoWords());

        assertThat(run)
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: init: there are settings already in " + file()
                                + ", and nothing was changed; edit them, take in more servers with \"certwright adopt\", or name another"
                                + " file with --config." + System.lineSeparator()));
        assertThat(file()).hasContent("mine");
    }

    @Test
    void without_words_and_without_a_person_it_says_what_it_needs() throws Exception {
        assertThat(run("--host", "demo"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: init: nobody can be asked here, wanted at least --ca TYPE; \"certwright init --help\" shows what"
                                + " else may be given, and at a terminal it is asked for." + System.lineSeparator()));
        assertThat(written()).isEmpty();
    }

    @Test
    void every_fault_is_told_at_once_and_no_secret_is_taken_from_a_command_line() throws Exception {
        Run run = run(
                "--host",
                "web",
                "--ca",
                "adcs-ces",
                "--ca-set",
                "url=http://ca01",
                "--ca-set",
                "password=geheim",
                "--ca-set",
                "colour=red");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly(
                        "certwright: init: nothing was written, because the settings would be wrong; keys below hosts come from --host-set,"
                                + " below issuers from --ca-set, below alerts.mail from --mail-set, below client-groups from --client-set:",
                        "  issuers.adcs-ces.password: got a secret itself, wanted where it is kept: ${env:NAME} or ${file:PATH}; on a"
                                + " command line all may read it",
                        "  issuers.adcs-ces.template: is missing, wanted a value",
                        "  issuers.adcs-ces.url: got \"http://ca01\", wanted the https address of CES, such as"
                                + " https://ca01.contoso.com/Contoso-CA_CES_Kerberos/service.svc/CES",
                        "  issuers.adcs-ces.colour: unknown key, wanted one of type, url, policy-url, template, tls-trust, proxy,"
                                + " client-certificate, authentication, user, password, keytab, renewal, anchors, ask-again",
                        "  hosts.web.transport: is missing, wanted --transport ssh, local, runbook or simulated");
        assertThat(run.err()).doesNotContain("geheim");
        assertThat(written()).isEmpty();
    }

    @Test
    void what_does_not_work_is_not_written_but_with_a_word() throws Exception {
        int closed = FreePorts.one();
        String[] words = {
            "--host", "demo", "--transport", "simulated", "--port", String.valueOf(closed), "--ca", "selfsigned"
        };

        Run refused = run(words);

        assertThat(refused.exit()).isEqualTo(5);
        assertThat(refused.out())
                .startsWith("failed: host demo: ")
                .contains("passed: self-signed issuer selfsigned: nothing to reach");
        assertThat(refused.err())
                .startsWith("certwright: init: nothing was written, because host demo: ")
                .endsWith(". Mend that, or add --untested to write it nevertheless." + System.lineSeparator());
        assertThat(written()).isEmpty();

        Run untested =
                run(Stream.concat(Stream.of(words), Stream.of("--untested")).toArray(String[]::new));

        assertThat(untested.exit()).isZero();
        assertThat(untested.out()).startsWith(file() + " written").contains(" --ca selfsigned --untested");
    }

    @Test
    void json_is_one_document_with_file_tests_command_and_next() {
        Run run = run(demoWords("--json"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("{\"file\":\"" + file()
                        + "\",\"tests\":[{\"part\":\"host\",\"passed\":true,\"message\":\"host demo: DEMO answers, ")
                .contains(
                        "{\"part\":\"issuer\",\"passed\":true,\"message\":\"built-in CA lab: makes its root",
                        "\"command\":\"certwright --config " + file() + " init --host demo ",
                        "\"words\":[\"certwright\",\"--config\",",
                        "\"next\":[\"\\\"certwright --config " + file()
                                + " scan demo\\\" shows what is bound there\",");
    }

    @Test
    void whatever_a_value_holds_it_is_read_back_as_it_was_given() {
        String hostile = "a: b # \"c\" 'd' {e} [f], \\ & * ! | > % @ `\r\n- \t\u2028\ud83d\ude00";

        Run run = run("--ca", "manual", "--ca-set", "folder=x", "--ca-set", "template=" + hostile);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(readBack().named("issuers").get("manual").text("template")).contains(hostile);
    }

    @Test
    void a_dialogue_asks_again_what_is_no_good_and_keeps_typed_secrets_in_files_of_their_own() throws Exception {
        mail.wantsLogin("pki", "geheim");
        person.answering(
                        "we ird",
                        "demo",
                        "simulatd",
                        "simulated",
                        "",
                        String.valueOf(FreePorts.one()),
                        "change",
                        "",
                        "",
                        "",
                        "99999",
                        String.valueOf(demo.controlPort()),
                        "builtin",
                        "",
                        "https://pki.contoso.com",
                        "-",
                        "smtps://127.0.0.1:1",
                        "pki@contoso.com",
                        "pki",
                        "anna@contoso.com, bert@contoso.com",
                        "keep",
                        "wsus-clients",
                        "perhaps",
                        "yes",
                        "",
                        "http://wsus.contoso.com",
                        "https://wsus.contoso.com:8531")
                .typing("geheim");

        Run run = run();

        assertThat(run.exit()).as(run.err() + run.out()).isZero();
        Path secret = folder.resolve("config/secrets/mail-password");
        assertThat(written()).containsExactly(file(), secret);
        assertThat(secret).hasContent("geheim");
        if (Files.getFileStore(secret).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(file()))
                .contains(
                        "    password: \"${file:secrets/mail-password}\"\n",
                        "    update-server: \"https://wsus.contoso.com:8531\"\n",
                        "    pin: true\n",
                        "    - bert@contoso.com\n")
                .doesNotContain("geheim", "public-url");
        readBack();
        assertThat(run.out())
                .contains(
                        "host name: got \"we ird\", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter"
                                + " or digit",
                        "got \"simulatd\", did you mean \"simulated\"?",
                        "hosts.demo.port: got \"99999\", wanted a whole number from 1 to 65535",
                        "issuers.lab.public-url: got \"https://pki.contoso.com\", wanted an http address such as"
                                + " http://pki.contoso.com:8080",
                        "got \"perhaps\", wanted yes or no",
                        secret + " written, readable by you alone",
                        " --mail-set 'password=${file:secrets/mail-password}'",
                        " --client-group wsus-clients --client-set pin=true --client-set wait=14d"
                                + " --client-set update-server=https://wsus.contoso.com:8531 --untested")
                .doesNotContain("geheim");
        assertThat(person.asked())
                .contains(
                        "A Windows server, as the settings are to call it [-]: ",
                        "Its control port [8599]: ",
                        "What now: again, change, keep it as it is, stop [change]: ",
                        "Its password (not shown; or ${env:NAME}, ${file:PATH}) [-]: ",
                        "Mail addresses of those who are told, commas between several: ",
                        "Do they pin the server's certificate in their WSUS store, yes or no [no]: ");
    }

    @Test
    void a_person_who_leaves_leaves_nothing_behind() throws Exception {
        person.answering("-", "builtin", "", "", "^C");
        assertThat(run().exit()).isEqualTo(130);
        assertThat(written()).isEmpty();

        person.answering("-", "builtin");
        Run ended = run();
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualTo("certwright: init: the answers ended before the last question; nothing was written."
                        + System.lineSeparator());
        assertThat(written()).isEmpty();
    }

    @Test
    void a_person_may_stop_where_something_does_not_work() throws Exception {
        person.answering("demo", "simulated", "", String.valueOf(FreePorts.one()), "a", "stop");

        Run run = run();

        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.out()).containsSubsequence("failed: host demo: ", "once more", "failed: host demo: ");
        assertThat(written()).isEmpty();
    }

    @Test
    void what_is_tried_again_and_again_ends_it() throws Exception {
        String[] answers = new String[14];
        Arrays.fill(answers, "again");
        System.arraycopy(new String[] {"demo", "simulated", "", String.valueOf(FreePorts.one())}, 0, answers, 0, 4);
        person.answering(answers);

        assertThat(run())
                .extracting(Run::exit, Run::err)
                .containsExactly(
                        2,
                        "certwright: init: the host was tried 10 times and did not work; nothing was written."
                                + System.lineSeparator());
        assertThat(written()).isEmpty();
    }

    @Test
    void help_lists_every_type_of_ca_and_every_way_to_a_host() {
        String help = run("--help").out().replaceAll("\\s+", "");

        assertThat(help)
                .contains(
                        "Howitisreached:ssh,local,runbook,simulated.",
                        "ThetypeoftheCA;withitnobodyisasked:builtin,adcs-certreq,adcs-ces,adcs-web,windows-store,acme,scep,est,cmp,"
                                + "manual,selfsigned.",
                        "suchaspassword=${env:NAME}ormode=manage");
    }

    @Test
    void answers_that_stay_bad_end_it() throws Exception {
        person.answering("-", "x", "x", "x", "x", "x");

        assertThat(run().err())
                .isEqualTo("certwright: init: 5 answers to \"Its type\" were no good; nothing was written."
                        + System.lineSeparator());
        assertThat(written()).isEmpty();
    }
}
