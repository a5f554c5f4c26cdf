package io.certwright.enrollment.adcs;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** HTTP Basic with one user. */
public record BasicDoor(String user, String password) implements TestIis.Door {
    @Override
    public boolean admits(HttpExchange exchange) throws IOException {
        String wanted =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        if (wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return true;
        }
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"ca01\"");
        TestIis.send(exchange, TestIis.Reply.text(401, "text/html", "<h2>Unauthorized</h2>"));
        return false;
    }
}
