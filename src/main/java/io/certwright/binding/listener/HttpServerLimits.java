package io.certwright.binding.listener;

import java.util.Map;

/**
 * Limits that the JDK's HTTP server takes from system properties, once, when its first class is loaded. What an operator has
 * set stays. The limit of a whole exchange is {@link LimitedThreads}'.
 */
public final class HttpServerLimits {
    private static final Map<String, String> WANTED = Map.of(
            // Without it each answer waits 40 ms for a delayed acknowledgement.
            "sun.net.httpserver.nodelay", "true",
            // Seconds that a connection may be idle.
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxReqHeaders", "100",
            // Bytes; the default is 380 kB.
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "jdk.httpserver.maxConnections", "1000");

    private HttpServerLimits() {}

    /** Harmless twice; without effect once a server of this JVM has run. */
    public static void set() {
        WANTED.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
