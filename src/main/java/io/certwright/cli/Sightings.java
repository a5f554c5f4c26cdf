package io.certwright.cli;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was looked up for one certificate, as {@code check} shows it. What speaks against the certificate is a violation besides. */
record Sightings(List<Observation> observations) {
    Sightings {
        observations = List.copyOf(observations);
    }

    /** What is good to know; revocations and what nobody could say of them stand among the violations. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Observation seen : observations) {
            if (seen instanceof Resolved resolved && !resolved.addresses().isEmpty()) {
                lines.add("resolves: " + resolved.name() + " to " + addresses(resolved));
            } else if (seen instanceof NameUnknown unknown) {
                lines.add("not looked up: " + unknown.name() + ", because " + unknown.why());
            }
        }
        List<NotRevoked> cleared = observations.stream()
                .filter(NotRevoked.class::isInstance)
                .map(NotRevoked.class::cast)
                .toList();
        if (!cleared.isEmpty()) {
            lines.add("not revoked: " + cleared.size() + (cleared.size() == 1 ? " certificate" : " certificates")
                    + " of the path, known until "
                    + cleared.stream()
                            .map(NotRevoked::freshUntil)
                            .min(java.time.Instant::compareTo)
                            .orElseThrow());
        }
        return lines;
    }

    private static String addresses(Resolved resolved) {
        return resolved.addresses().stream().map(IpAddress::text).collect(Collectors.joining(", "));
    }

    void write(JsonObject json) {
        json.putObjects("lookups", observations, Sightings::write);
    }

    private static void write(JsonObject json, Observation seen) {
        if (seen instanceof Resolved resolved) {
            json.put("name", resolved.name().value());
            json.putTexts(
                    "addresses",
                    resolved.addresses().stream().map(IpAddress::text).toList());
        } else if (seen instanceof NameUnknown unknown) {
            json.put("name", unknown.name().value()).put("notLookedUp", unknown.why());
        } else if (seen instanceof NotRevoked cleared) {
            certificate(json, cleared.certificate()).put("revoked", false).put("freshUntil", cleared.freshUntil());
        } else if (seen instanceof Revoked revoked) {
            certificate(json, revoked.certificate())
                    .put("revoked", true)
                    .put("reason", revoked.reason())
                    .put("revokedAt", revoked.revokedAt());
        } else if (seen instanceof RevocationUnknown unknown) {
            certificate(json, unknown.certificate()).put("notLookedUp", unknown.why());
        }
        json.put("seenAt", seen.seenAt());
    }

    private static JsonObject certificate(JsonObject json, Sha256Fingerprint certificate) {
        return json.put("sha256", certificate.hex());
    }
}
