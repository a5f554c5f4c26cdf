package io.certwright.setup;

import io.certwright.certificate.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What was answered for one mapping of the settings: texts by key, nested keys joined by dots, a list where a key was given several times. */
public record Answers(Map<String, List<String>> values) {
    /** None yet. */
    public static final Answers NONE = new Answers(Map.of());

    private static final Pattern KEY = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)*");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    public Answers {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((key, texts) -> copy.put(key, List.copyOf(texts)));
        values = Collections.unmodifiableMap(copy);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Empty where the key was not answered. */
    public List<String> get(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** The same with these texts for a key, whatever it had before; none take it away. */
    public Answers with(String key, List<String> texts) {
        Map<String, List<String>> next = new LinkedHashMap<>(values);
        if (texts.isEmpty()) {
            next.remove(key);
        } else {
            next.put(key, texts);
        }
        return new Answers(next);
    }

    /** The same with one more answer, written {@code KEY=VALUE}. */
    public Answers with(String written) {
        int sign = written.indexOf('=');
        String key = sign < 0 ? written : written.substring(0, sign);
        if (sign < 0 || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "got " + (sign < 0 ? "a word without =" : "key " + Printable.quote(key))
                            + ", wanted KEY=VALUE, KEY as the settings write it, nested ones joined by dots: http-01.listen=0.0.0.0:80");
        }
        List<String> texts = new ArrayList<>(get(key));
        texts.add(written.substring(sign + 1));
        return with(key, texts);
    }

    /** As nested maps. A whole number, true and false stand for themselves, all else is text. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((key, texts) -> put(tree, key, key, texts));
        return tree;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, String whole, String key, List<String> texts) {
        int dot = key.indexOf('.');
        Object there = tree.get(dot < 0 ? key : key.substring(0, dot));
        if (there != null && (dot < 0 || !(there instanceof Map))) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(whole) + " beside a value for a part of it, wanted one of them");
        }
        if (dot < 0) {
            tree.put(
                    key,
                    texts.size() == 1
                            ? scalar(texts.get(0))
                            : texts.stream().map(Answers::scalar).toList());
            return;
        }
        Map<String, Object> below = (Map<String, Object>)
                tree.computeIfAbsent(key.substring(0, dot), name -> new LinkedHashMap<String, Object>());
        put(below, whole, key.substring(dot + 1), texts);
    }

    private static Object scalar(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        return NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
    }
}
