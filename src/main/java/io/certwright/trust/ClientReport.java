package io.certwright.trust;

import io.certwright.certificate.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one machine said of itself by the line that our detection script prints. The line carries everything, so that it does not
 * matter in which column of which tool's report it comes along.
 *
 * @param packageName the beginning of the bundle's digest that the machine was held against
 * @param compliant whether it has every certificate of that package
 * @param detail what it lacks and what else is to be said of it, as it wrote it; may be empty
 * @param at when the machine looked, by its own clock
 */
public record ClientReport(ClientHost host, String packageName, boolean compliant, String detail, Instant at) {
    /** How many characters of a bundle's digest name its package. */
    public static final int NAME_LENGTH = 16;

    private static final int LONGEST_DETAIL = 2000;
    private static final Pattern NAME = Pattern.compile("[0-9A-F]{16}");
    private static final Pattern LINE = Pattern.compile(
            "(?:^|\\s)(Compliant|NonCompliant); package ([0-9A-F]{16}); host ([^;\\s]{1,255}); at ([0-9TZ:-]{20})(?:; ([^\\r\\n]*))?");

    public ClientReport {
        if (!NAME.matcher(packageName).matches()) {
            throw new IllegalArgumentException("report of " + host + ": got package " + Printable.quote(packageName)
                    + ", wanted 16 upper-case hexadecimal digits");
        }
        detail = Printable.escape(detail, LONGEST_DETAIL);
    }

    /** How a package is called in reports. */
    public static String nameOf(PublishedTrust published) {
        return published.bundleDigest().substring(0, NAME_LENGTH);
    }

    /** The report in a cell of a table; empty where there is none, or one that cannot be right. */
    public static Optional<ClientReport> find(String cell) {
        Matcher line = LINE.matcher(cell);
        if (!line.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClientReport(
                    new ClientHost(line.group(3)),
                    line.group(2),
                    line.group(1).equals("Compliant"),
                    Optional.ofNullable(line.group(5)).orElse("").strip(),
                    Instant.parse(line.group(4))));
        } catch (DateTimeException | IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /** Whether the machine says that it has exactly this package. */
    public boolean confirms(PublishedTrust published) {
        return compliant && packageName.equals(nameOf(published));
    }
}
