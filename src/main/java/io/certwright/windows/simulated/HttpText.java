package io.certwright.windows.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** As much of HTTP/1.1 as a probe asks. */
final class HttpText {
    private static final int LONGEST_HEAD = 16_384;

    private HttpText() {}

    /** Reads to the end of the head and gives its first line; empty where the caller says nothing. */
    static String firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int read = in.read();
        while (read >= 0 && head.size() < LONGEST_HEAD) {
            head.write(read);
            String text = head.toString(StandardCharsets.US_ASCII);
            if (text.endsWith("\r\n\r\n")) {
                return text.substring(0, text.indexOf("\r\n"));
            }
            read = in.read();
        }
        return "";
    }

    /** {@code /a/b} of {@code GET /a/b?c HTTP/1.1}. */
    static String pathOf(String requestLine) {
        int from = requestLine.indexOf(' ') + 1;
        int to = requestLine.indexOf(' ', from);
        String target = requestLine.substring(from, to < 0 ? requestLine.length() : to);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return path.startsWith("/") ? path : "/" + path;
    }

    static String answer(int status) {
        String reason = switch (status) {
            case 200 -> "OK";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            default -> "Service Unavailable";
        };
        String body = status == 403
                ? "<html><body>HTTP Error 403.4 - Forbidden: the page is secured with Secure Sockets Layer (SSL).</body></html>"
                : "<html><body>" + status + " " + reason + "</body></html>";
        return whole(status + " " + reason, "text/html", body);
    }

    /** A file of plain text, which is ASCII. */
    static String file(String text) {
        return whole("200 OK", "text/plain", text);
    }

    private static String whole(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\nServer: Microsoft-IIS/10.0\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }
}
