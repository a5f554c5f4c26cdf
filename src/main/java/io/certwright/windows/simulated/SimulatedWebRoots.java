package io.certwright.windows.simulated;

import io.certwright.windows.ChallengeCall.ChallengeAnswers;
import io.certwright.windows.ChallengeCall.GetChallengeAnswers;
import io.certwright.windows.ChallengeCall.RemoveChallengeAnswer;
import io.certwright.windows.ChallengeCall.SetChallengeAnswer;
import io.certwright.windows.ChallengeCall.WrittenAnswer;
import io.certwright.windows.HostCall.Nothing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The root folders of sites, as far as answers for ACME CAs lie below them. As Windows does, it finds them in any case. */
final class SimulatedWebRoots {
    /** Without it IIS has no type for files without an extension, and serves none. */
    private static final String CONFIG = "web.config";

    private static final String OURS = "<!-- Written by Certwright, and removed with the last answer. -->";
    private static final String BEFORE = "/.well-known/acme-challenge/";

    /** One file in the folder for answers. */
    private record Written(String text, Instant at) {}

    private final SimulatedMachine machine;
    private final Map<String, Map<String, Written>> folders = new LinkedHashMap<>();

    SimulatedWebRoots(SimulatedMachine machine) {
        this.machine = machine;
    }

    void answer(CallTable table) {
        table.on(SetChallengeAnswer.class, this::set);
        table.on(RemoveChallengeAnswer.class, this::remove);
        table.on(GetChallengeAnswers.class, this::list);
    }

    void add(String root) {
        folders.putIfAbsent(keyOf(root), new TreeMap<>());
    }

    void put(String root, String file, String text, Duration age) {
        add(root);
        files(root).put(file, new Written(text, machine.now().minus(age)));
    }

    List<String> names(String root) {
        return List.copyOf(files(root).keySet());
    }

    /** What a GET of the path is answered with, where the root is a site's. */
    Optional<String> findServed(String root, String path) {
        Map<String, Written> files = files(root);
        if (!path.startsWith(BEFORE) || !files.containsKey(CONFIG)) {
            return Optional.empty();
        }
        String file = path.substring(BEFORE.length());
        return file.equals(CONFIG)
                ? Optional.empty()
                : Optional.ofNullable(files.get(file)).map(Written::text);
    }

    private Map<String, Written> files(String root) {
        return folders.getOrDefault(keyOf(root), Map.of());
    }

    private static String keyOf(String root) {
        String plain = root.endsWith("\\") ? root.substring(0, root.length() - 1) : root;
        return plain.toLowerCase(Locale.ROOT);
    }

    private Map<String, Written> required(String root) throws WindowsError {
        Map<String, Written> files = folders.get(keyOf(root));
        if (files == null) {
            throw WindowsError.notFound(root);
        }
        return files;
    }

    private Nothing set(SetChallengeAnswer call) throws WindowsError {
        Map<String, Written> files = required(call.webRoot());
        files.putIfAbsent(CONFIG, new Written(OURS, machine.now()));
        files.put(call.token(), new Written(call.authorization(), machine.now()));
        return new Nothing();
    }

    private Nothing remove(RemoveChallengeAnswer call) {
        Map<String, Written> files = folders.getOrDefault(keyOf(call.webRoot()), new TreeMap<>());
        files.remove(call.token());
        if (files.size() == 1 && files.containsKey(CONFIG)) {
            files.values().removeIf(only -> only.text().equals(OURS));
        }
        return new Nothing();
    }

    private ChallengeAnswers list(GetChallengeAnswers call) throws WindowsError {
        List<WrittenAnswer> answers = new ArrayList<>();
        required(call.webRoot()).forEach((file, written) -> {
            if (!file.contains(".")) {
                answers.add(new WrittenAnswer(file, written.at(), written.text()));
            }
        });
        return new ChallengeAnswers(machine.now(), answers);
    }
}
