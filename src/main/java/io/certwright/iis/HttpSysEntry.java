package io.certwright.iis;

import io.certwright.certificate.Thumbprint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of the table in http.sys: which certificate it serves for a key, whatever the configuration of IIS says.
 *
 * @param certificate empty for the central certificate store
 * @param application the GUID of the program that made it, in braces and lower case; empty where none is told
 * @param store the machine store; {@code My} where none is told
 * @param others every other value in the order it was told, so that a lost setting is seen
 */
public record HttpSysEntry(
        HttpSysKey key, Optional<Thumbprint> certificate, String application, String store, List<String> others) {
    /** What IIS calls itself, WSUS included. */
    public static final String IIS = "{4dc3e181-e14b-4a21-b022-59fc669b0914}";

    public HttpSysEntry {
        application = application.toLowerCase(Locale.ROOT);
        store = store.isBlank() || store.equals("(null)") ? Binding.PERSONAL_STORE : store;
        others = List.copyOf(others);
    }

    /** Whether IIS made it; an entry that does not say counts as one of IIS. */
    public boolean isOfIis() {
        return application.isEmpty() || application.equals(IIS);
    }

    /** Whether it serves this certificate out of this store. */
    public boolean serves(Thumbprint wanted, String fromStore) {
        return certificate.filter(wanted::equals).isPresent() && store.equalsIgnoreCase(fromStore);
    }
}
