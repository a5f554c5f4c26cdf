package io.certwright.enrollment.adcs.access;

import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came back. */
public record Answer(int status, HttpHeaders headers, byte[] body) {
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9][A-Za-z0-9._-]{0,39})");
    /** What IIS means where it names nothing. */
    private static final String UNNAMED = "windows-1252";

    public Answer {
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** As the server says, with its parameters; empty where it says nothing. */
    private String contentType() {
        return headers.firstValue("Content-Type").orElse("");
    }

    /** Without parameters, in lower case. */
    public String mediaType() {
        return contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** In the character set that the server names. */
    public String text() {
        Matcher named = CHARSET.matcher(contentType());
        return new String(body, charsetOf(named.find() ? named.group(1) : UNNAMED));
    }

    private static Charset charsetOf(String name) {
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }
}
