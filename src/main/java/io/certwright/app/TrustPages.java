package io.certwright.app;

import io.certwright.binding.listener.Content;
import io.certwright.binding.listener.ContentSource;
import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustRepository;
import io.certwright.trust.windows.WindowsTrustPublisher;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code /trust/GROUP/FILE}: the present package of each client group, made from what is recorded, so that it is there also while
 * the share is not. {@code /trust/GROUP/} is its README. Names are looked up among those of the package, never on the disk.
 */
final class TrustPages implements ContentSource {
    static final String PATH = "/trust/";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "json", "application/json",
            "xml", "application/xml",
            "cer", "application/pkix-cert",
            "p7b", "application/x-pkcs7-certificates");
    private static final String README = "README.html";

    private final Groups groups;
    private final TrustRepository trust;
    private final Map<ClientGroupName, Made> made = new ConcurrentHashMap<>();

    /** The client groups of the settings in force. */
    @FunctionalInterface
    interface Groups {
        Map<ClientGroupName, ClientGroup> now() throws LifecycleException;
    }

    /** The last package that was made for a group; many clients ask for one and the same. */
    private record Made(TrustBundle bundle, Map<String, byte[]> files) {}

    TrustPages(Groups groups, TrustRepository trust) {
        this.groups = groups;
        this.trust = trust;
    }

    @Override
    public Optional<Content> find(String path) throws LifecycleException {
        String[] words = path.substring(PATH.length()).split("/", -1);
        if (words.length != 2) {
            return Optional.empty();
        }
        String name = words[1].isEmpty() ? README : words[1];
        Optional<ClientGroup> group = groups.now().values().stream()
                .filter(known -> known.name().value().equals(words[0]))
                .findFirst();
        if (group.isEmpty() || trust.findPresent(group.get().name()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(filesOf(group.get()).get(name)).map(bytes -> new Content(typeOf(name), bytes));
    }

    private Map<String, byte[]> filesOf(ClientGroup group) throws LifecycleException {
        TrustBundle bundle = trust.getGiven(group).bundle();
        Optional<Made> last = Optional.ofNullable(made.get(group.name()))
                .filter(known -> known.bundle().equals(bundle));
        if (last.isPresent()) {
            return last.get().files();
        }
        Map<String, byte[]> files = WindowsTrustPublisher.contents(bundle);
        made.put(group.name(), new Made(bundle, files));
        return files;
    }

    private static String typeOf(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
