package io.certwright.windows;

/** What PowerShell said and how it ended. The answer decides, not the exit code. */
public record VisitOutput(int exitCode, String stdout, String stderr) {}
