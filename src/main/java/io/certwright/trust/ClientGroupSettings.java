package io.certwright.trust;

import io.certwright.config.ConfigMapping;
import io.certwright.crypto.CertificateFiles;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code client-groups:} of the settings. */
public final class ClientGroupSettings {
    private static final Duration WAIT = Duration.ofDays(14);
    private static final Duration RETIRE_AFTER = Duration.ofDays(30);

    private ClientGroupSettings() {}

    /** Every group that reads well, in the order of the file; the others are faults. No two share a folder. */
    public static List<ClientGroup> read(ConfigMapping settings) {
        List<ClientGroup> groups = new ArrayList<>();
        Map<Path, ClientGroupName> owners = new HashMap<>();
        settings.named("client-groups")
                .forEach((name, node) -> readGroup(name, node, owners).ifPresent(groups::add));
        return List.copyOf(groups);
    }

    private static Optional<ClientGroup> readGroup(
            String written, ConfigMapping node, Map<Path, ClientGroupName> owners) {
        Optional<ClientGroupName> name = nameOf(written, node);
        String publishTo = node.text("publish-to", "./data/trust/" + written);
        boolean pinning = node.flag("pin", false);
        Duration wait = node.duration("wait", WAIT);
        Duration retireAfter = node.duration("retire-after", RETIRE_AFTER);
        List<Endpoint> alsoTalkTo = node.values("also-talk-to", Endpoint::parse);
        name.ifPresent(owner -> requireOwnFolder(owner, publishTo, node, owners));
        Optional<UpdateServer> server = node.value("update-server", UpdateServer::parse);
        List<X509Certificate> signers = signers(node);
        Optional<ExpectedClients> expected = expected(node);
        return node.build(() -> new ClientGroup(
                name.orElseThrow(),
                pinning,
                wait,
                retireAfter,
                alsoTalkTo,
                publishTo,
                new UpdateSource(server, signers),
                expected));
    }

    private static List<X509Certificate> signers(ConfigMapping node) {
        List<X509Certificate> signers = new ArrayList<>();
        for (Path file : node.paths("local-update-signers")) {
            try {
                signers.addAll(CertificateFiles.read(file).certificates());
            } catch (LifecycleException unreadable) {
                node.fault("local-update-signers", String.valueOf(unreadable.getMessage()));
            }
        }
        return signers;
    }

    /** A share of an unknown number of hosts means nothing. */
    private static Optional<ExpectedClients> expected(ConfigMapping node) {
        Optional<Path> list = node.path("expected-hosts");
        Optional<ConfirmedShare> share = node.value("confirmed", ConfirmedShare::parse);
        if (share.isPresent() && list.isEmpty()) {
            node.fault(
                    "confirmed", "got " + share.get() + " without expected-hosts, wanted the list of hosts to count");
        }
        if (list.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ExpectedClients.of(HostListFile.read(list.get()), share));
        } catch (LifecycleException | IllegalArgumentException wrong) {
            node.fault("expected-hosts", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<ClientGroupName> nameOf(String written, ConfigMapping node) {
        try {
            return Optional.of(ClientGroupName.of(written));
        } catch (IllegalArgumentException wrong) {
            node.fault(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    /** Two packages in one folder would take each other's files away. */
    private static void requireOwnFolder(
            ClientGroupName group, String publishTo, ConfigMapping node, Map<Path, ClientGroupName> owners) {
        try {
            Optional<ClientGroupName> owner =
                    Optional.ofNullable(owners.putIfAbsent(Path.of(publishTo).normalize(), group));
            owner.ifPresent(other ->
                    node.fault("publish-to", "got the folder of client group " + other + ", wanted one of its own"));
        } catch (InvalidPathException wrong) {
            node.fault("publish-to", "got no folder name (" + wrong.getReason() + "), wanted a folder or share");
        }
    }
}
