package io.certwright.windows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one script that Certwright runs on servers, as this release brings it. Constant: no value is ever put into it. */
public record CertwrightScript(String text, String version) {
    private static final String RESOURCE = "/powershell/certwright.ps1";
    private static final Pattern VERSION = Pattern.compile("(?m)^\\$Version = '([0-9]+)'$");

    /** Read from the release. */
    public static CertwrightScript bundled() {
        try (InputStream resource = CertwrightScript.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The release lacks " + RESOURCE + "; build or unpack it again.");
            }
            return of(new String(resource.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static CertwrightScript of(String text) {
        Matcher version = VERSION.matcher(text);
        if (!version.find()) {
            throw new IllegalStateException("The script names no version, wanted a line such as $Version = '1'.");
        }
        return new CertwrightScript(text, version.group(1));
    }
}
