package io.certwright.windows.ssh;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.probe.Endpoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a host is reached by SSH: {@code { transport: ssh, address: wsus01.contoso.com, user: certwright, key:
 * "${file:secrets/wsus01.key}", known-hosts: config/known_hosts }}.
 *
 * @param address a DNS name or an address literal
 * @param key a private key as OpenSSH or PEM text; counts before the password
 * @param keyPassphrase of a key that is encrypted
 * @param knownHosts a file in OpenSSH's format; a host that is not in it is refused
 */
public record SshSettings(
        String address,
        int port,
        String user,
        Optional<SecretText> key,
        Optional<SecretText> keyPassphrase,
        Optional<SecretText> password,
        Path knownHosts) {
    private static final int DEFAULT_PORT = 22;
    private static final String DEFAULT_KNOWN_HOSTS = "config/known_hosts";
    private static final Pattern USER = Pattern.compile("[^\\p{Cntrl}\\s\"]{1,100}");

    /** Reads what stands beside {@code transport: ssh}; whoever reads the rest of the mapping ends the reading. */
    public static Optional<SshSettings> read(ConfigMapping node) {
        Optional<String> address = node.requiredValue("address", SshSettings::address);
        int port = node.integer("port", 1, 65535, DEFAULT_PORT);
        Optional<String> user = node.requiredValue("user", SshSettings::user);
        Optional<SecretText> key = node.secret("key");
        Optional<SecretText> passphrase = node.secret("key-passphrase");
        Optional<SecretText> password = node.secret("password");
        Path knownHosts = node.path("known-hosts", DEFAULT_KNOWN_HOSTS);
        if (key.isEmpty() && password.isEmpty()) {
            node.fault("key", "got neither key nor password, wanted one of them to log in with");
            return Optional.empty();
        }
        return address.flatMap(
                where -> user.map(who -> new SshSettings(where, port, who, key, passphrase, password, knownHosts)));
    }

    private static String address(String text) {
        return Endpoint.of(text, DEFAULT_PORT).host();
    }

    private static String user(String text) {
        if (!USER.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(text) + ", wanted an account such as certwright or contoso\\certwright");
        }
        return text;
    }

    /** {@code user@address:port}, for messages. */
    String place() {
        String shown = address.indexOf(':') < 0 ? address : "[" + address + "]";
        return user + "@" + shown + ":" + port;
    }
}
