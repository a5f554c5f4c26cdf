package io.certwright.windows.runbook;

import io.certwright.certificate.Printable;
import io.certwright.windows.CertwrightScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a bundle. Only the request differs from one bundle to the next, and it is never code. */
final class BundleText {
    private static final String RUN = String.join(
            "\r\n",
            "@echo off",
            "setlocal",
            "set SHELL=%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "if exist \"%SystemRoot%\\sysnative\\WindowsPowerShell\\v1.0\\powershell.exe\" set SHELL=%SystemRoot%\\sysnative\\WindowsPowerShell\\v1.0\\powershell.exe",
            "\"%SHELL%\" -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File \"%~dp0certwright.ps1\" -FromInput < \"%~dp0request.json\" > \"%~dp0answer.txt\"",
            "type \"%~dp0answer.txt\"",
            "");

    private BundleText() {}

    static void write(Path bundle, String host, String functions, byte[] request) throws IOException {
        ascii(bundle.resolve("certwright.ps1"), CertwrightScript.bundled().text());
        ascii(bundle.resolve("run.cmd"), RUN);
        Files.write(bundle.resolve("request.json"), request);
        String readme = String.join(
                "\r\n",
                "For the host " + Printable.escape(host, 80) + ": " + functions,
                "",
                "1. Copy this folder to the host. It may hold a private key: no share, no mail.",
                "2. Run run.cmd in it as an administrator. It writes answer.txt.",
                "3. Copy answer.txt back into this folder, delete the copy on the host, and run Certwright again.",
                "");
        Files.writeString(bundle.resolve("README.txt"), readme, StandardCharsets.UTF_8);
    }

    private static void ascii(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }
}
