package io.certwright.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The thresholds at which people are told, in any order, each once. */
public record Thresholds(List<AlertThreshold> list) {
    private static final int MOST = 32;

    public Thresholds {
        Map<String, AlertThreshold> byStage = new LinkedHashMap<>();
        list.forEach(threshold -> byStage.putIfAbsent(threshold.stage(), threshold));
        list = List.copyOf(byStage.values());
        if (list.isEmpty() || list.size() > MOST) {
            throw new IllegalArgumentException(
                    "alert thresholds: got " + list.size() + ", wanted 1 to " + MOST + " such as 30d or 25%");
        }
    }

    /** 45, 30, 14, 7, 3 and 1 days before expiry. */
    public static Thresholds standard() {
        return of("45d", "30d", "14d", "7d", "3d", "1d");
    }

    public static Thresholds of(String... texts) {
        return new Thresholds(Stream.of(texts).map(AlertThreshold::parse).toList());
    }
}
