package io.certwright.windows.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.certwright.certificate.Thumbprint;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.IisHouse;
import io.certwright.testing.TestDatabase;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.standin.StandInPowerShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole story, every call over a real OpenSSH server. */
class SshStoryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void a_certificate_is_issued_bound_and_proven() throws Exception {
        overSsh(house -> {
            Thumbprint first = house.bench.renewed().certificate().thumbprint();

            assertThat(house.served()).contains(first);
        });
    }

    @Test
    @Tag("long")
    void what_fails_half_way_is_put_back_and_done_again() throws Exception {
        overSsh(house -> {
            Thumbprint first = house.bench.renewed().certificate().thumbprint();

            house.server.plan(Mishap.at("Set-BindingCertificate", true, Mishap.Kind.ERROR));
            RenewalOutcome failed = house.bench.renew(Urge.FORCE);
            assertThat(failed).as(failed.sentence()).isInstanceOf(RenewalOutcome.RolledBack.class);
            assertThat(house.served()).contains(first);

            RenewalOutcome again = house.bench.renew(Urge.BIND);
            assertThat(again).as(again.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
            assertThat(house.served()).contains(house.inUse()).isNotEqualTo(Optional.of(first));
        });
    }

    private interface Life {
        void in(IisHouse house) throws Exception;
    }

    private void overSsh(Life life) throws Exception {
        assumeTrue(OpenSsh.isInstalled(), "no /usr/sbin/sshd here: install openssh-server to run this test");
        Path programs = Files.createDirectory(folder.resolve("programs"));
        try (IisHouse house = new IisHouse(DATABASE);
                StandInPowerShell powerShell = new StandInPowerShell(programs, house.server);
                OpenSsh ssh = OpenSsh.start(folder, programs)) {
            house.reach(new ScriptedHost("wsus01", new SshCarrier("wsus01", ssh.settings()), Presence.SENT_ALONG));
            life.in(house);
            assertThat(powerShell.arguments()).contains("-EncodedCommand").doesNotContain("Pfx");
        }
    }
}
