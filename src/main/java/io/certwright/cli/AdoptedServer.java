package io.certwright.cli;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import io.certwright.discovery.Adoption;
import io.certwright.discovery.FoundBinding;
import io.certwright.discovery.SettingsEntry;
import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.UpdateServer;
import io.certwright.wsus.WsusServer;
import io.certwright.wsus.WsusSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is taken into the settings for one server.
 *
 * @param wsus its entry among the WSUS servers, where it is one and has none yet
 * @param remarks what a person should know of it
 */
record AdoptedServer(Adoption adoption, Optional<SettingsEntry> wsus, List<String> remarks) {
    AdoptedServer {
        remarks = List.copyOf(remarks);
    }

    /** Nothing but the certificate. */
    static AdoptedServer plain(Adoption adoption) {
        return new AdoptedServer(adoption, Optional.empty(), List.of());
    }

    /** Looks whether it is the site of WSUS, whose clients and name can then be told, too. */
    static AdoptedServer on(HostName host, Rooms rooms, List<FoundBinding> meant, Adoption adoption)
            throws LifecycleException {
        Optional<String> site = WsusSite.findName(rooms.wsus().hosts().apply(host));
        Optional<FoundBinding> found = meant.stream()
                .filter(each -> site.filter(each.site()::equals).isPresent())
                .findFirst();
        return found.isEmpty() ? plain(adoption) : ofWsus(found.get(), rooms, adoption);
    }

    List<SettingsEntry> entries() {
        List<SettingsEntry> entries = new ArrayList<>(List.of(adoption.entry()));
        wsus.ifPresent(entries::add);
        return entries;
    }

    private static AdoptedServer ofWsus(FoundBinding found, Rooms rooms, Adoption adoption) throws LifecycleException {
        List<ClientGroup> groups = rooms.clientGroups();
        Optional<ClientGroup> clients = groups.size() == 1
                ? Optional.of(groups.get(0)).filter(only -> isServedUnder(only, adoption))
                : Optional.empty();
        Optional<DnsName> sslName = clients.flatMap(only -> only.updates().server())
                .map(UpdateServer::host)
                .filter(adoption.dns()::contains)
                .or(adoption::findFullName);
        boolean known = isAmong(rooms.wsusServers(), found.host());
        List<String> remarks = new ArrayList<>();
        if (!known) {
            remarks.add(sslName.map(name -> "it is a WSUS server, held to the name " + name
                            + " from now on: \"certwright wsus check " + found.host() + "\" shows what differs")
                    .orElse("it is a WSUS server, but its certificate has no full name that could stand under wsus: "
                            + found.host()));
        }
        remarks.add(clients.map(only -> "its clients are " + only.name() + ", the only client group of the settings")
                .orElseGet(() -> whoseClients(groups, adoption)));
        clients.filter(only -> only.updates().server().isEmpty() && sslName.isPresent())
                .ifPresent(only -> remarks.add("client group " + only.name() + " has no update-server: with \""
                        + new UpdateServer(sslName.get(), found.port()).url()
                        + "\" its package sets where clients scan"));
        return new AdoptedServer(
                clients.map(only -> adoption.servedTo(only.name())).orElse(adoption),
                sslName.filter(name -> !known).map(name -> SettingsEntry.ofWsus(found.host(), name)),
                remarks);
    }

    /** Settings are refused in which clients scan where no certificate of theirs is for. */
    private static boolean isServedUnder(ClientGroup group, Adoption adoption) {
        return group.updates()
                .server()
                .map(UpdateServer::host)
                .map(host -> adoption.dns().stream().anyMatch(name -> name.covers(host)))
                .orElse(true);
    }

    private static String whoseClients(List<ClientGroup> groups, Adoption adoption) {
        String where = "clients: under certificates: " + adoption.name();
        if (groups.isEmpty()) {
            return "nothing says who its clients are: add a client group, and " + where;
        }
        return groups.size() > 1
                ? "which of the client groups are its clients is for you to say: " + where
                : "client group " + groups.get(0).name() + " scans elsewhere, at "
                        + groups.get(0).updates().server().orElseThrow() + ": name its clients by " + where;
    }

    private static boolean isAmong(List<WsusServer> servers, HostName host) {
        return servers.stream().anyMatch(server -> server.host().equals(host) || isAmong(server.downstream(), host));
    }
}
