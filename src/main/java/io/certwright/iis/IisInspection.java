package io.certwright.iis;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds the bindings of IIS against the table of http.sys. What the table says is served; IIS Manager shows only its own side, which is
 * why a stray entry stays unseen there. Linear in the number of bindings and entries.
 */
final class IisInspection {
    private final HttpSysTable table;
    private final Map<HttpSysKey, List<UsedBinding>> uses;
    private final Set<Integer> ports = new HashSet<>();
    private final List<IisDrift> found = new ArrayList<>();

    /** @param uses the https bindings of all sites by the entry that decides their certificate, in the order of the sites */
    IisInspection(HttpSysTable table, Map<HttpSysKey, List<UsedBinding>> uses) {
        this.table = table;
        this.uses = uses;
    }

    /** Everything that differs, in the order of the sites and then of the table. */
    List<IisDrift> inspect() {
        uses.keySet().forEach(key -> ports.add(key.port()));
        uses.forEach(this::bindings);
        table.entries().stream().filter(entry -> !uses.containsKey(entry.key())).forEach(this::unused);
        return List.copyOf(found);
    }

    private void bindings(HttpSysKey key, List<UsedBinding> users) {
        if (key.kind() == HttpSysKey.Kind.CENTRAL_STORE) {
            add(
                    IisDrift.Code.CENTRAL_STORE,
                    key,
                    users.get(0) + " takes its certificate from the central certificate store",
                    "bind it to a certificate of the machine's store in IIS Manager if Certwright is to renew it");
            return;
        }
        Optional<HttpSysEntry> entry = table.find(key);
        if (entry.isPresent()) {
            for (UsedBinding used : users) {
                compare(used, entry.get());
            }
        } else if (users.get(0).binding().certificate().isPresent()) {
            add(
                    IisDrift.Code.ENTRY_MISSING,
                    key,
                    users.get(0) + " has a certificate in IIS, but http.sys has no entry for " + key
                            + ", so nothing is served there",
                    "bind the certificate again: \"certwright bind NAME\", or the binding's dialog in IIS Manager");
        }
        shared(key, users);
    }

    private void compare(UsedBinding used, HttpSysEntry entry) {
        Optional<Thumbprint> shown = used.binding().certificate();
        if (shown.isPresent() && !shown.equals(entry.certificate())) {
            add(
                    IisDrift.Code.ENTRY_DIFFERS,
                    entry.key(),
                    used + " has " + shown.get() + " in IIS, but http.sys serves "
                            + entry.certificate().map(Thumbprint::hex).orElse("no certificate"),
                    "bind the certificate again: \"certwright bind NAME\", or the binding's dialog in IIS Manager");
        }
        if (!entry.isOfIis()) {
            add(
                    IisDrift.Code.FOREIGN_ENTRY,
                    entry.key(),
                    "the http.sys entry " + entry.key() + " that " + used + " uses was made by another program, "
                            + Printable.quote(entry.application()),
                    "find the program by this application ID, and give one of the two another port");
        }
        if (!entry.store().equalsIgnoreCase(Binding.PERSONAL_STORE)) {
            add(
                    IisDrift.Code.OTHER_STORE,
                    entry.key(),
                    used + " takes its certificate from the store " + Printable.quote(entry.store())
                            + ", wanted Personal (My)",
                    "the next renewal binds one from Personal; nothing to do");
        }
    }

    private void shared(HttpSysKey key, List<UsedBinding> users) {
        if (users.stream().map(used -> used.site().id()).distinct().count() > 1) {
            add(
                    IisDrift.Code.SHARED_ENTRY,
                    key,
                    "one http.sys entry, " + key + ", serves several sites: "
                            + users.stream().limit(5).map(UsedBinding::toString).collect(Collectors.joining(", "))
                            + (users.size() > 5 ? " and " + (users.size() - 5) + " more" : "")
                            + "; a new certificate for one is a new certificate for all",
                    "see that the certificate has the names of all, or require SNI on the bindings with a host name");
        }
    }

    private void unused(HttpSysEntry entry) {
        HttpSysKey key = entry.key();
        boolean wins = ports.contains(key.port()) && (key.isOneAddress() || key.kind() == HttpSysKey.Kind.NAME);
        if (wins) {
            add(
                    IisDrift.Code.STRAY_ENTRY,
                    key,
                    "http.sys has an entry for " + key + " that no binding of IIS refers to; it serves "
                            + entry.certificate().map(Thumbprint::hex).orElse("no certificate")
                            + " there in place of what IIS shows",
                    "netsh http delete sslcert " + key.argument());
        } else if (entry.isOfIis()) {
            add(
                    IisDrift.Code.ORPHANED_ENTRY,
                    key,
                    "http.sys has an entry of IIS for " + key + " that no binding refers to",
                    "netsh http delete sslcert " + key.argument());
        }
    }

    private void add(IisDrift.Code code, HttpSysKey key, String sentence, String fix) {
        found.add(new IisDrift(code, key.port(), sentence, fix));
    }
}
