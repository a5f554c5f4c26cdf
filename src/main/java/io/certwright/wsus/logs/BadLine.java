package io.certwright.wsus.logs;

import io.certwright.failure.code.ErrorCode;
import io.certwright.failure.code.ErrorCodes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that says that it failed, and what to do about it.
 *
 * @param part what such a line has in it
 * @param isCause whether it says why; a line that only says that it failed yields to one that does
 */
record BadLine(String part, String fix, boolean isCause) {
    private static final ErrorCodes CODES = ErrorCodes.standard();
    private static final Pattern SCAN = Pattern.compile("error = (0x[0-9A-Fa-f]{8})");

    private static final List<BadLine> ALL = List.of(
            new BadLine(
                    "Could not establish trust relationship",
                    "put the root of the WSUS server's certificate into Trusted Root of Local Computer on the machine that wrote"
                            + " this, and see that the name it uses is in the certificate",
                    true),
            new BadLine(
                    "The remote certificate is invalid according to the validation procedure",
                    "the same: trust of Local Computer, or a name that is not in the certificate",
                    true),
            new BadLine(
                    "HTTP status 403",
                    "the machine still uses http where SSL is required, or client certificates are not set to Ignore;"
                            + " \"certwright wsus check\" looks",
                    true),
            new BadLine(
                    "HTTP status 401",
                    "the computer account of the site server needs access to ApiRemoting30: look at its authentication in IIS",
                    true),
            new BadLine("HTTP status 407", "let the site server reach WSUS without the proxy", true),
            new BadLine("HTTP status 500", "look at SoftwareDistribution.log on the WSUS server", true),
            new BadLine("HTTP status 502", "let the site server reach WSUS without the proxy", true),
            new BadLine(
                    "HTTP status 503",
                    "start the application pool WsusPool; private memory limit 0, queue length 2000",
                    true),
            new BadLine(
                    "the remote party has closed the transport stream",
                    "the https binding has no usable certificate, or the two sides have no TLS version in common",
                    true),
            new BadLine(
                    "the target machine actively refused it",
                    "no https binding on that port, the site is stopped, or a firewall refuses",
                    true),
            new BadLine(
                    "Supported WSUS version not found",
                    "install the WSUS console (UpdateServices-RSAT) on the site server",
                    true),
            new BadLine(
                    "useSSL: False",
                    "the software update point is still without SSL: Set-CMSoftwareUpdatePoint -EnableSsl $true",
                    true),
            new BadLine(
                    "WSUS server not configured",
                    "WCM.log says why WSUS could not be configured; mend that first",
                    true),
            new BadLine(
                    "Group policy settings were overwritten by a higher authority",
                    "a domain policy sets another WUServer: align it to the https URL with its port, or remove it",
                    true),
            new BadLine(
                    "Setting new configuration state to 3 (WSUS_CONFIG_FAILED)",
                    "the lines before it in WCM.log say why",
                    false),
            new BadLine("Sync failed", "the lines before it in wsyncmgr.log say why", false));

    /** What is wrong with a line; empty if nothing is. */
    static Optional<BadLine> find(LogLine line) {
        Matcher scan = SCAN.matcher(line.message());
        if (scan.find()) {
            return Optional.of(ofScan(scan.group(1)));
        }
        return ALL.stream().filter(bad -> line.has(bad.part())).findFirst();
    }

    private static BadLine ofScan(String code) {
        String fix = CODES.find(code)
                .map(BadLine::explained)
                .orElse("\"certutil -error " + code + "\" on a Windows machine says what it means");
        return new BadLine(code, fix, true);
    }

    private static String explained(ErrorCode code) {
        return code.meaning() + " " + code.cause() + " " + code.fix();
    }
}
