package io.certwright.windows.simulated;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Thumbprint;
import io.certwright.windows.HostCall.ProgramOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The certificate table of http.sys: which entry a handshake gets, and how netsh shows them. */
final class HttpSys {
    static final String IIS = "{4dc3e181-e14b-4a21-b022-59fc669b0914}";

    /** One entry, under {@code ipport=0.0.0.0:8531} or {@code hostnameport=name:8531}. */
    record Entry(Thumbprint thumbprint, String appId, String store, boolean negotiatesClientCertificate) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** An IPv6 address may be written in several ways. */
    private static String canonical(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        int opens = lower.indexOf('[') + 1;
        int closes = lower.indexOf(']');
        return opens == 0 || closes < opens
                ? lower
                : lower.substring(0, opens)
                        + IpAddress.parse(lower.substring(opens, closes)).text()
                        + lower.substring(closes);
    }

    void put(String key, Entry entry) {
        entries.put(canonical(key), entry);
    }

    boolean remove(String key) {
        return entries.remove(canonical(key)) != null;
    }

    Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(canonical(key)));
    }

    Map<String, Entry> all() {
        return Map.copyOf(entries);
    }

    /** Exact address first, then the server name, then all addresses: so a stray address entry hides every name. */
    Optional<Entry> serving(String address, int port, Optional<String> serverName) {
        String shown = address.indexOf(':') < 0 ? address : "[" + address + "]";
        String anywhere = address.indexOf(':') < 0 ? "0.0.0.0" : "[::]";
        return find("ipport=" + shown + ":" + port)
                .or(() -> serverName.flatMap(name -> find("hostnameport=" + name + ":" + port)))
                .or(() -> find("ipport=" + anywhere + ":" + port));
    }

    /** As {@code netsh http show sslcert} prints it, in English or German. */
    ProgramOutput text(boolean german) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                german ? "SSL-Zertifikatbindungen:" : "SSL Certificate bindings:",
                "-------------------------",
                ""));
        entries.forEach((key, entry) -> lines.addAll(block(key, entry, german)));
        return new ProgramOutput(0, lines);
    }

    private static List<String> block(String key, Entry entry, boolean german) {
        String value = key.substring(key.indexOf('=') + 1);
        boolean named = key.startsWith("hostnameport=");
        String no = german ? "Deaktiviert" : "Disabled";
        String yes = german ? "Aktiviert" : "Enabled";
        return List.of(
                row(named ? "Hostname:port" : german ? "IP:Port" : "IP:port", value),
                row(
                        german ? "Zertifikathash" : "Certificate Hash",
                        entry.thumbprint().hex().toLowerCase(Locale.ROOT)),
                row(german ? "Anwendungs-ID" : "Application ID", entry.appId()),
                row(german ? "Zertifikatspeichername" : "Certificate Store Name", entry.store()),
                row(german ? "Clientzertifikatsperrung überprüfen" : "Verify Client Certificate Revocation", yes),
                row(
                        german
                                ? "Zur Sperrüberprüfung ausschließlich zwischengespeichertes Clientzertifikat verwenden"
                                : "Verify Revocation Using Cached Client Certificate Only",
                        no),
                row(german ? "Verwendungsüberprüfung" : "Usage Check", yes),
                row(german ? "Sperraktualisierungszeit" : "Revocation Freshness Time", "0"),
                row(german ? "Zeitüberschreitung für URL-Abruf" : "URL Retrieval Timeout", "0"),
                row(german ? "Steuerelement-ID" : "Ctl Identifier", "(null)"),
                row(german ? "Speichername der Steuerelemente" : "Ctl Store Name", "(null)"),
                row(german ? "DS-Zuordnungsverwendung" : "DS Mapper Usage", no),
                row(
                        german ? "Clientzertifikat aushandeln" : "Negotiate Client Certificate",
                        entry.negotiatesClientCertificate() ? yes : no),
                row(german ? "Verbindungen ablehnen" : "Reject Connections", no),
                "");
    }

    private static String row(String label, String value) {
        return "    " + label + " ".repeat(Math.max(0, 29 - label.length())) + ": " + value;
    }

    /** As newer Windows prints it with {@code json=enable}. */
    ProgramOutput json() {
        String bindings = entries.entrySet().stream()
                .map(each -> jsonOf(each.getKey(), each.getValue()))
                .collect(Collectors.joining(","));
        return new ProgramOutput(
                0, List.of("{\"SslCertificateBindings\":[" + bindings + "],\"message\":\"\",\"status\":0}"));
    }

    private static String jsonOf(String key, Entry entry) {
        String hex = entry.thumbprint().hex();
        String hash = IntStream.range(0, hex.length() / 2)
                .mapToObj(i -> String.valueOf(Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16)))
                .collect(Collectors.joining(","));
        String name = key.startsWith("hostnameport=") ? "HostnamePort" : "IpPort";
        return "{\"" + name + "\":\"" + key.substring(key.indexOf('=') + 1) + "\",\"AppId\":\"" + entry.appId()
                + "\",\"SslHash\":[" + hash + "],\"SslCertStoreName\":\"" + entry.store() + "\"}";
    }
}
