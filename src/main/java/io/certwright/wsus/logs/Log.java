package io.certwright.wsus.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The logs that tell of a switch to TLS, in the order in which the change runs through them. */
enum Log {
    /** The site server configures WSUS. */
    WCM("WCM.log", "site server"),
    /** The site server synchronizes. */
    WSYNCMGR("wsyncmgr.log", "site server"),
    /** A client learns the new address. */
    LOCATION_SERVICES("LocationServices.log", "client"),
    /** A client is told to scan. */
    SCAN_AGENT("ScanAgent.log", "client"),
    /** A client scans. */
    WUA_HANDLER("WUAHandler.log", "client");

    private final String fileName;
    private final String place;

    Log(String fileName, String place) {
        this.fileName = fileName;
        this.place = place;
    }

    String fileName() {
        return fileName;
    }

    String place() {
        return place;
    }

    /** Whether a file is this log or an older part of it: {@code WCM.log}, {@code WCM.lo_}, {@code WCM-20261122-101500.log}. */
    boolean isFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String stem = fileName.substring(0, fileName.length() - ".log".length()).toLowerCase(Locale.ROOT);
        return lower.equals(stem + ".log")
                || lower.equals(stem + ".lo_")
                || (lower.startsWith(stem + "-") && lower.endsWith(".log"));
    }

    /** What must be seen one after another when all is well. */
    List<Expected> sequence(UpdatePoint point) {
        String url = point.url();
        return switch (this) {
            case WCM ->
                List.of(
                        Expected.of("SCF change notification triggered."),
                        Expected.of("Populating config from SCF"),
                        Expected.of("Setting new configuration state to 1 (WSUS_CONFIG_PENDING)"),
                        Expected.of(
                                "Attempting connection to local WSUS server",
                                "Attempting connection to WSUS server: " + point.name() + ", port: " + point.port()
                                        + ", useSSL: True"),
                        Expected.of(
                                "Successfully connected to local WSUS server",
                                "Successfully connected to server: " + point.name() + ", port: " + point.port()
                                        + ", useSSL: True"),
                        Expected.of("Setting new configuration state to 2 (WSUS_CONFIG_SUCCESS)"));
            case WSYNCMGR ->
                List.of(
                        Expected.of("Starting Sync"),
                        Expected.of("Full sync required due to changes in main WSUS server location."),
                        Expected.of("Found active SUP " + point.name() + " from SCF File."),
                        Expected.of(url),
                        Expected.of("Done synchronizing WSUS Server " + point.name()),
                        Expected.of("sync: Starting SMS database synchronization"),
                        Expected.of("Done synchronizing SMS with WSUS Server " + point.name()));
            case LOCATION_SERVICES -> List.of(Expected.of("WSUSURL=\"" + url + "\"", "WSUS Path='" + url + "'"));
            case SCAN_AGENT -> List.of(Expected.of("MessageType='ScanByUpdateSource'"));
            case WUA_HANDLER ->
                List.of(
                        Expected.of("Enabling WUA Managed server policy to use server: " + url),
                        Expected.of("Successfully completed scan."));
        };
    }

    /** What a person is told to do when the sequence does not begin. */
    String toBegin() {
        return switch (this) {
            case WCM ->
                "tick \"Require SSL communication to the WSUS server\" on the software update point, or"
                        + " Set-CMSoftwareUpdatePoint -EnableSsl $true";
            case WSYNCMGR ->
                "Software Library > Software Updates > All Software Updates > Synchronize Software Updates";
            case LOCATION_SERVICES, SCAN_AGENT, WUA_HANDLER ->
                "trigger the client's schedule"
                        + " {00000000-0000-0000-0000-000000000113}, the software updates scan cycle";
        };
    }

    static List<Log> listFor(String fileName) {
        List<Log> logs = new ArrayList<>();
        for (Log log : values()) {
            if (log.isFile(fileName)) {
                logs.add(log);
            }
        }
        return logs;
    }
}
