package io.certwright.lifecycle.watch;

import io.certwright.certificate.Printable;
import io.certwright.probe.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Where a certificate is looked for that is not managed here. */
public sealed interface WatchTarget {
    /** As alerts call it; no two targets have the same. */
    String subject();

    /** What a person types to see for himself; none where the words would mean something to a shell. */
    List<String> commands();

    /** What a TLS handshake shows there. */
    record AtEndpoint(Endpoint endpoint) implements WatchTarget {
        @Override
        public String subject() {
            return endpoint.toString();
        }

        @Override
        public List<String> commands() {
            String place = endpoint.host() + ":" + endpoint.port();
            String asking = endpoint.sni()
                    .filter(name -> !name.value().equals(endpoint.host()))
                    .map(name -> " --sni " + name)
                    .orElse("");
            return endpoint.host().indexOf(':') < 0 ? List.of("certwright probe " + place + asking) : List.of();
        }
    }

    /** What a file holds that some other program keeps. */
    record InFile(Path file) implements WatchTarget {
        private static final int LONGEST = 300;
        private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9._:/\\\\-]+");

        public InFile {
            if (file.toString().length() > LONGEST) {
                throw new IllegalArgumentException("watched file: got a path of "
                        + file.toString().length() + " characters, wanted at most " + LONGEST);
            }
        }

        @Override
        public String subject() {
            return Printable.escape(file.toString(), LONGEST);
        }

        @Override
        public List<String> commands() {
            boolean plain = PLAIN_PATH.matcher(file.toString()).matches();
            return plain ? List.of("certwright check " + file) : List.of();
        }
    }
}
